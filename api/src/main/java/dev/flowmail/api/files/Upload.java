package dev.flowmail.api.files;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.FileDataRequest;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.ProblemException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** What was read of one upload. Its files stay in the store only when they are accepted. */
final class Upload {

    private final AttachmentStore store;
    private final UploadLimits limits;
    private final Tenants by;
    private final List<StoredFile> files = new ArrayList<>();
    private @Nullable StoredFile firstJson;
    private boolean isRequestSeen;
    private int otherParts;
    private long passedOver;

    /** @param by who uploads */
    Upload(AttachmentStore store, UploadLimits limits, Tenants by) {
        this.store = store;
        this.limits = limits;
        this.by = by;
    }

    /** @param mayBeRequest whether it is Flow's request, where nothing else is */
    void addFile(String name, @Nullable String contentType, InputStream content, boolean mayBeRequest)
            throws IOException {
        // one of them may turn out to be the request
        if (files.size() > UploadLimits.MOST_FILES) {
            throw UploadLimits.tooManyFiles();
        }
        StoredFile file = store.upload(by, name, contentType, content);
        files.add(file);
        if (mayBeRequest && firstJson == null) {
            firstJson = file;
        }
        long total = files.stream().mapToLong(StoredFile::size).sum();
        if (total > limits.files()) {
            throw limits.exceeded();
        }
    }

    /** Flow's request about the files: nothing in it is needed, but it must be one. */
    void addRequest(InputStream part) throws IOException {
        requireRoomForPart();
        byte[] body = part.readNBytes(FlowJson.LARGEST_BODY + 1);
        if (body.length > FlowJson.LARGEST_BODY) {
            throw UploadLimits.tooLarge("The upload's part that is Flow's request is larger than 10 MiB.");
        }
        try {
            FlowJson.mapper().readValue(body, FileDataRequest.class);
        } catch (JacksonException malformed) {
            throw ProblemException.badInput("The upload's part that is Flow's request (FileDataRequest, or of type"
                    + " application/json) is not the JSON that Flow sends.");
        }
        isRequestSeen = true;
    }

    void passOver(InputStream field) throws IOException {
        requireRoomForPart();
        byte[] buffer = new byte[8 * 1024];
        for (int read = field.read(buffer); read >= 0; read = field.read(buffer)) {
            passedOver += read;
            if (passedOver > FlowJson.LARGEST_BODY) {
                throw UploadLimits.tooLarge(
                        "The upload is too large: its parts that are no files hold more than 10 MiB.");
            }
        }
    }

    private void requireRoomForPart() {
        if (++otherParts > UploadLimits.MOST_OTHER_PARTS) {
            throw ProblemException.badInput(
                    "The upload has more than " + UploadLimits.MOST_OTHER_PARTS + " parts that are no files.");
        }
    }

    /** Its files, in their order there: they stay. */
    List<StoredFile> accept() {
        List<StoredFile> uploads = new ArrayList<>(files);
        if (!isRequestSeen && firstJson != null) {
            uploads.remove(firstJson);
        }
        if (uploads.isEmpty()) {
            throw ProblemException.badInput("The upload has no file: send a part with a file name and the bytes.");
        }
        if (uploads.size() > UploadLimits.MOST_FILES) {
            throw UploadLimits.tooManyFiles();
        }
        files.removeAll(uploads);
        return uploads;
    }

    /** Deletes what was not accepted. */
    void discard() {
        for (StoredFile file : files) {
            try {
                store.delete(by, file.file());
            } catch (IOException e) {
                // nobody knows its id, and it expires
            }
        }
    }
}
