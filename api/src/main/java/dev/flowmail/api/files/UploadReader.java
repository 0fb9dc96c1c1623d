package dev.flowmail.api.files;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.FileTooLargeException;
import dev.flowmail.activities.attachments.NoRoomException;
import dev.flowmail.activities.attachments.StoreUnavailableException;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.api.problems.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.jspecify.annotations.Nullable;

/**
 * Reads an upload (multipart/form-data, RFC 7578) straight into the store: files, and Flow's request about them, in any
 * order. Fields of other kinds are passed over.
 *
 * <p>Flow's player names its parts {@code FileData}, one for each file, and {@code FileDataRequest}. Of parts with other
 * names, what has a file name is a file, and what has none and is of type {@code application/json} is the request; where
 * nothing else is, the first file of that type is.
 */
final class UploadReader {

    /** Room that expired uploads leave is seen within this time. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private static final String FILE_FIELD = "FileData";
    private static final String REQUEST_FIELD = "FileDataRequest";

    private final AttachmentStore store;
    private final UploadLimits limits;

    UploadReader(AttachmentStore store) {
        this.store = store;
        this.limits = UploadLimits.of(store);
    }

    /**
     * Stores the files of an upload, all or none; in their order there, at least one.
     *
     * @param by who uploads
     */
    List<StoredFile> read(HttpServletRequest request, Tenants by) {
        Upload upload = new Upload(store, limits, by);
        try {
            read(request, upload);
            return upload.accept();
        } catch (FileTooLargeException tooLarge) {
            throw UploadLimits.tooLarge("The file " + tooLarge.name() + " is larger than " + tooLarge.limit()
                    + ", the limit for one file: send a smaller one.");
        } catch (NoRoomException full) {
            throw full(full);
        } catch (StoreUnavailableException failure) {
            throw unavailable(failure);
        } catch (FileUploadSizeException tooLarge) {
            throw limits.exceeded();
        } catch (FileUploadException | IllegalStateException malformed) {
            throw ProblemException.badInput("The body is not well-formed multipart/form-data, or it ends too early.");
        } catch (IOException brokenOff) {
            throw ProblemException.badInput("The upload broke off before its end: send it again.");
        } finally {
            upload.discard();
        }
    }

    static ProblemException unavailable(StoreUnavailableException failure) {
        return ProblemException.unavailable("The file store cannot be used just now: try again later.", failure);
    }

    private static ProblemException full(NoRoomException full) {
        return full.isTenants()
                ? ProblemException.tooManyRequests(
                        "The uploads of this tenant hold " + full.limit() + " together, which is all it may have"
                                + " (FLOWMAIL_ATTACHMENTS_MAX_PER_TENANT): delete some, or wait until they expire.",
                        SWEEP)
                : ProblemException.unavailable(
                        "The file store is full (FLOWMAIL_ATTACHMENTS_MAX_TOTAL): try again later, when uploads have"
                                + " expired.",
                        full);
    }

    private void read(HttpServletRequest request, Upload upload) throws IOException {
        UploadBody body = new UploadBody(request);
        FormData form = new FormData(limits.body());
        FileItemInputIterator parts = form.getItemIterator(body);
        while (parts.hasNext()) {
            FileItemInput part = parts.next();
            // the part's own getName() fails on names that this machine's file system does not know
            String name = form.getFileName(part.getHeaders());
            boolean isJson = isJson(part.getContentType());
            if (name != null && !name.isBlank() && !isField(part, REQUEST_FIELD)) {
                requireRoom(request, name);
                boolean mayBeRequest = isJson && !isField(part, FILE_FIELD);
                upload.addFile(name, part.getContentType(), part.getInputStream(), mayBeRequest);
            } else if (isJson || isField(part, REQUEST_FIELD)) {
                upload.addRequest(part.getInputStream());
            } else {
                upload.passOver(part.getInputStream());
            }
        }
        if (body.endedEarly()) {
            throw new FileUploadException("The body has no closing delimiter");
        }
    }

    private static boolean isField(FileItemInput part, String name) {
        return name.equalsIgnoreCase(part.getFieldName());
    }

    private void requireRoom(HttpServletRequest request, String name) {
        if (request.getContentLengthLong() > limits.body()) {
            throw limits.exceededWith(name);
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json");
    }
}
