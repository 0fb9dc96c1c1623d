package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.FileTooLargeException;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.S3Bucket;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The attachments of one request: uploads, files that lie elsewhere, or objects of the caller's bucket.
 *
 * @param tenants whose uploads may be used
 */
record RequestAttachments(
        AttachmentStore store, Tenants tenants, WebAddresses addresses, String requestId, Draft draft) {

    /** An attachment and, where it is known, its size in bytes. */
    record Kept(Attachment attachment, @Nullable Long size) {}

    /**
     * Looks for each of them, and copies nothing.
     *
     * @throws ProblemException 400 for one that is not to be had, 413 for too much of them
     */
    void check() throws IOException {
        long total = 0;
        for (AttachmentInput input : draft.attachments()) {
            total += size(input);
            if (total > AttachmentStore.LARGEST_TOTAL) {
                throw new ProblemException(
                        HttpStatus.CONTENT_TOO_LARGE,
                        input.label() + ": with it the files hold more than "
                                + FileTooLargeException.words(AttachmentStore.LARGEST_TOTAL)
                                + ", which is what one mail may carry. Send fewer, or links to them.");
            }
        }
    }

    /** Its size in bytes; 0 while that is not known, since it lies elsewhere. */
    private long size(AttachmentInput input) throws IOException {
        if (draft.bucket() != null) {
            var ignored = requireKey(draft.bucket(), input);
            return 0;
        }
        Optional<StoredFile> upload =
                input.id() == null ? Optional.empty() : store.find(tenants, input.id(), requestId);
        if (upload.isEmpty()) {
            var ignored = address(input);
        }
        return upload.map(StoredFile::size).orElse(0L);
    }

    /** Copies the uploads beside the request, and says of the others where they are. */
    List<Kept> keep() throws IOException {
        List<Kept> attachments = new ArrayList<>();
        for (AttachmentInput input : draft.attachments()) {
            attachments.add(draft.bucket() == null ? keep(input) : new Kept(inBucket(draft.bucket(), input), null));
        }
        return List.copyOf(attachments);
    }

    private Kept keep(AttachmentInput input) throws IOException {
        Optional<StoredFile> upload =
                input.id() == null ? Optional.empty() : store.keep(tenants, input.id(), requestId);
        if (upload.isPresent()) {
            StoredFile file = upload.get();
            String mimeType = Optional.ofNullable(input.mimeType()).orElse(file.mimeType());
            String name = Optional.ofNullable(input.name()).orElse(file.name());
            return new Kept(new Attachment(name, mimeType, Location.STORE, file.file()), file.size());
        }
        String uri = address(input);
        String path = String.valueOf(URI.create(uri).getPath());
        return new Kept(elsewhere(input, Location.DOWNLOAD, uri, path), null);
    }

    private String address(AttachmentInput input) {
        if (input.downloadUri() == null) {
            throw ProblemException.badInput(input.label()
                    + (input.id() == null
                            ? " has neither Id nor Download Uri."
                            : ": its Id is no upload of ours (any more), and it has no Download Uri. Upload it"
                                    + " again."));
        }
        return addresses.check(input.label() + ", Download Uri", input.downloadUri());
    }

    private static Attachment inBucket(S3Bucket bucket, AttachmentInput input) {
        String key = requireKey(bucket, input);
        return elsewhere(input, Location.S3, key, key);
    }

    private static String requireKey(S3Bucket bucket, AttachmentInput input) {
        return ObjectKey.of(bucket, input)
                .orElseThrow(
                        () -> ProblemException.badInput(input.label() + " has no Id, and neither its Embed Uri nor its"
                                + " Download Uri names the bucket: with"
                                + " Attachments: Source s3 one of them must tell"
                                + " the object's key."));
    }

    private static Attachment elsewhere(AttachmentInput input, Location location, String reference, String path) {
        String name = Optional.ofNullable(input.name())
                .or(() -> AttachmentInput.lastPart(path))
                .orElse("file");
        return new Attachment(name, input.mimeType(), location, reference, input.name() == null ? true : null);
    }

    /** Says nothing: names stay out of logs. */
    @Override
    public String toString() {
        return "RequestAttachments[...]";
    }
}
