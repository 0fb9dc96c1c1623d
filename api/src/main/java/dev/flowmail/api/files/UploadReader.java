package dev.flowmail.api.files;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.FileTooLargeException;
import dev.flowmail.activities.attachments.StoreUnavailableException;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.flow.FileDataRequest;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.fileupload2.core.FileItemInput;
import org.apache.commons.fileupload2.core.FileItemInputIterator;
import org.apache.commons.fileupload2.core.FileUploadException;
import org.apache.commons.fileupload2.core.FileUploadSizeException;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import tools.jackson.core.JacksonException;

/**
 * Reads an upload (multipart/form-data, RFC 7578) straight into the store: one part is the file, one of type
 * {@code application/json} is Flow's request about it, in either order. Fields of other kinds are passed over.
 *
 * <p>What has a file name is a file; but where no nameless part is the request, the first named one of type
 * {@code application/json} is.
 */
final class UploadReader {

    private static final int MOST_PARTS = 20;
    private static final int ROOM_FOR_THE_REST = 1024 * 1024;

    private final AttachmentStore store;
    private final long largestBody;

    UploadReader(AttachmentStore store) {
        this.store = store;
        this.largestBody = store.maxSize() + FlowJson.LARGEST_BODY + ROOM_FOR_THE_REST;
    }

    /** Stores the file of an upload, or nothing. */
    StoredFile read(HttpServletRequest request) {
        NamedParts files = new NamedParts();
        try {
            read(request, files);
            return files.takeUpload();
        } catch (FileTooLargeException tooLarge) {
            throw tooLarge("The file " + tooLarge.name() + " is larger than " + tooLarge.limit()
                    + ", the limit for one file: send a smaller one.");
        } catch (StoreUnavailableException failure) {
            throw unavailable(failure);
        } catch (FileUploadSizeException tooLarge) {
            throw tooLarge("The upload is too large: send one file of at most "
                    + FileTooLargeException.words(store.maxSize()) + ".");
        } catch (FileUploadException | IllegalStateException malformed) {
            throw ProblemException.badInput("The body is not well-formed multipart/form-data, or it ends too early.");
        } catch (IOException brokenOff) {
            throw ProblemException.badInput("The upload broke off before its end: send it again.");
        } finally {
            files.discard();
        }
    }

    static ProblemException unavailable(StoreUnavailableException failure) {
        return ProblemException.unavailable("The file store cannot be used just now: try again later.", failure);
    }

    private void read(HttpServletRequest request, NamedParts files) throws IOException {
        Body body = new Body(request);
        FormData form = new FormData(largestBody);
        FileItemInputIterator parts = form.getItemIterator(body);
        for (int count = 1; parts.hasNext(); count++) {
            if (count > MOST_PARTS) {
                throw ProblemException.badInput("The upload has more than " + MOST_PARTS + " parts.");
            }
            FileItemInput part = parts.next();
            // the part's own getName() fails on names that this machine's file system does not know
            String name = form.getFileName(part.getHeaders());
            boolean isJson = isJson(part.getContentType());
            if (name != null && !name.isBlank()) {
                if (request.getContentLengthLong() > largestBody) {
                    throw new FileTooLargeException(name, store.maxSize());
                }
                files.add(store.upload(name, part.getContentType(), part.getInputStream()), isJson);
            } else if (isJson) {
                check(part);
                files.isRequestSeen = true;
            }
        }
        if (body.endedEarly) {
            throw new FileUploadException("The body has no closing delimiter");
        }
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json");
    }

    private static void check(FileItemInput part) throws IOException {
        byte[] body = part.getInputStream().readNBytes(FlowJson.LARGEST_BODY + 1);
        if (body.length > FlowJson.LARGEST_BODY) {
            throw tooLarge("The upload's part of type application/json is larger than 10 MiB.");
        }
        try {
            FlowJson.mapper().readValue(body, FileDataRequest.class);
        } catch (JacksonException malformed) {
            throw ProblemException.badInput(
                    "The upload's part of type application/json is not the JSON that Flow sends.");
        }
    }

    private static ProblemException tooLarge(String message) {
        return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, message);
    }

    /** The named parts of one upload, of which one stays. */
    private final class NamedParts {
        private final List<StoredFile> stored = new ArrayList<>();
        private @Nullable StoredFile firstJson;
        private boolean isRequestSeen;

        void add(StoredFile file, boolean isJson) {
            stored.add(file);
            if (isJson && firstJson == null) {
                firstJson = file;
            }
            if (stored.size() > 2) {
                throw several();
            }
        }

        StoredFile takeUpload() {
            List<StoredFile> uploads = new ArrayList<>(stored);
            if (!isRequestSeen && firstJson != null) {
                uploads.remove(firstJson);
            }
            if (uploads.isEmpty()) {
                throw ProblemException.badInput("The upload has no file: send a part with a file name and the bytes.");
            }
            if (uploads.size() > 1) {
                throw several();
            }
            StoredFile upload = uploads.get(0);
            stored.remove(upload);
            return upload;
        }

        void discard() {
            for (StoredFile file : stored) {
                try {
                    store.delete(file.file());
                } catch (IOException e) {
                    // nobody knows its id, and it expires
                }
            }
        }

        private static ProblemException several() {
            return ProblemException.badInput("The upload has several files: send each in an upload of its own.");
        }
    }

    /** A request as the parser sees it. */
    private static final class Body extends JakartaServletRequestContext {
        private boolean endedEarly;

        Body(HttpServletRequest request) {
            super(request);
        }

        /** Unknown: only what arrives counts. A refusal of what is merely announced could not name the file. */
        @Override
        public long getContentLength() {
            return -1;
        }

        /** The parser takes a body that ends between two parts for a whole one, but reads none to its end that is. */
        @Override
        public InputStream getInputStream() throws IOException {
            return new FilterInputStream(super.getInputStream()) {
                @Override
                public int read() throws IOException {
                    byte[] single = new byte[1];
                    return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
                }

                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                    endedEarly = true;
                    int count = super.read(bytes, offset, length);
                    endedEarly = count < 0;
                    return count;
                }
            };
        }
    }
}
