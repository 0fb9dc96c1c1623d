package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.FileTooLargeException;
import dev.flowmail.activities.attachments.Letters;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.BodyWords;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Attachment.Location;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Letter;
import dev.flowmail.workflows.mail.S3Bucket;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A draft's bodies and attachments as histories hold them: what is large ({@link Budget}) lies in the request's folder of the
 * attachment store. Repeating a request keeps the same files.
 *
 * @param letter where what all mails share lies; null when each mail carries it
 * @param files what people are told of the attachments
 */
record RequestContent(
        @Nullable Content text,
        @Nullable Content html,
        List<Attachment> attachments,
        @Nullable String letter,
        List<Excerpt.File> files) {

    /** An attachment and, where it is known, its size in bytes. */
    private record Kept(Attachment attachment, @Nullable Long size) {}

    /**
     * Keeps what a request needs.
     *
     * @param tenants whose uploads may be used
     * @param labels of the outcomes, by place
     * @param copies how many mails will hold the bodies
     * @throws ProblemException 400 for an attachment that is not to be had, 413 for too much of them, 503 when the store cannot be used
     */
    static RequestContent keep(
            AttachmentStore store,
            Tenants tenants,
            WebAddresses addresses,
            String requestId,
            Draft draft,
            List<String> labels,
            int copies) {
        Budget.requireRoom(draft, copies);
        try {
            // nothing is copied for a request that is refused; what an equal one has copied before stays
            long total = 0;
            for (AttachmentInput input : draft.attachments()) {
                total += check(store, tenants, addresses, requestId, draft, input);
                if (total > AttachmentStore.LARGEST_TOTAL) {
                    throw tooMuch(input);
                }
            }
            boolean inline = Budget.carriesBodies(draft, copies);
            List<Kept> kept = attachments(store, tenants, addresses, requestId, draft);
            List<Attachment> attachments = kept.stream().map(Kept::attachment).toList();
            if (AttachmentFetch.isNeeded(attachments)) {
                store.expectFiles(requestId);
            }
            return new RequestContent(
                    body(store, requestId, "text", draft.text(), inline),
                    body(store, requestId, "html", draft.html(), inline),
                    attachments,
                    Budget.carriesLetter(draft.subject(), labels, attachments, copies)
                            ? null
                            : Letters.keep(store, requestId, new Letter(draft.subject(), labels, attachments)),
                    kept.stream()
                            .map(file -> new Excerpt.File(file.attachment().name(), file.size()))
                            .toList());
        } catch (IOException unusable) {
            throw ProblemException.unavailable("The attachment store cannot be used: try again later.", unusable);
        }
    }

    /** What the page shows of it. */
    Excerpt excerpt(Draft draft) {
        BodyWords words = BodyWords.of(draft.text(), draft.html());
        return new Excerpt(words.words(), words.isWhole(), files);
    }

    /** Whether a folder was, or will be, made for this. */
    boolean isStored() {
        return (text != null && text.stored() != null)
                || (html != null && html.stored() != null)
                // what lies elsewhere is fetched into the folder when it is sent
                || !attachments.isEmpty()
                || letter != null;
    }

    private static @Nullable Content body(
            AttachmentStore store, String requestId, String name, @Nullable String body, boolean inline)
            throws IOException {
        if (body == null) {
            return null;
        }
        return inline ? Content.inline(body) : Content.stored(store.keepText(requestId, name, body));
    }

    /** Its size in bytes; 0 while that is not known, since it lies elsewhere. */
    private static long check(
            AttachmentStore store,
            Tenants tenants,
            WebAddresses addresses,
            String requestId,
            Draft draft,
            AttachmentInput input)
            throws IOException {
        if (draft.bucket() != null) {
            var ignored = requireKey(draft.bucket(), input);
            return 0;
        }
        Optional<StoredFile> upload =
                input.id() == null ? Optional.empty() : store.find(tenants, input.id(), requestId);
        if (upload.isEmpty()) {
            var ignored = address(addresses, input);
        }
        return upload.map(StoredFile::size).orElse(0L);
    }

    private static ProblemException tooMuch(AttachmentInput input) {
        return new ProblemException(
                HttpStatus.CONTENT_TOO_LARGE,
                input.label() + ": with it the files hold more than "
                        + FileTooLargeException.words(AttachmentStore.LARGEST_TOTAL)
                        + ", which is what one mail may carry. Send fewer, or links to them.");
    }

    private static List<Kept> attachments(
            AttachmentStore store, Tenants tenants, WebAddresses addresses, String requestId, Draft draft)
            throws IOException {
        List<Kept> attachments = new ArrayList<>();
        for (AttachmentInput input : draft.attachments()) {
            attachments.add(
                    draft.bucket() == null
                            ? attachment(store, tenants, addresses, requestId, input)
                            : new Kept(inBucket(draft.bucket(), input), null));
        }
        return List.copyOf(attachments);
    }

    private static Kept attachment(
            AttachmentStore store, Tenants tenants, WebAddresses addresses, String requestId, AttachmentInput input)
            throws IOException {
        Optional<StoredFile> upload =
                input.id() == null ? Optional.empty() : store.keep(tenants, input.id(), requestId);
        if (upload.isPresent()) {
            StoredFile file = upload.get();
            String mimeType = Optional.ofNullable(input.mimeType()).orElse(file.mimeType());
            String name = Optional.ofNullable(input.name()).orElse(file.name());
            return new Kept(new Attachment(name, mimeType, Location.STORE, file.file()), file.size());
        }
        String uri = address(addresses, input);
        String path = String.valueOf(URI.create(uri).getPath());
        return new Kept(elsewhere(input, Location.DOWNLOAD, uri, path), null);
    }

    private static String address(WebAddresses addresses, AttachmentInput input) {
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

    /** Says nothing: bodies and names stay out of logs. */
    @Override
    public String toString() {
        return "RequestContent[...]";
    }
}
