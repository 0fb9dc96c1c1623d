package dev.flowmail.api.files;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.FileTooLargeException;
import dev.flowmail.activities.attachments.NoRoomException;
import dev.flowmail.activities.attachments.StoreUnavailableException;
import dev.flowmail.activities.attachments.StoredFile;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.FileDataRequest;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
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
 * Reads an upload (multipart/form-data, RFC 7578) straight into the store: files, and Flow's request about them, in any
 * order. Fields of other kinds are passed over.
 *
 * <p>Flow's player names its parts {@code FileData}, one for each file, and {@code FileDataRequest}. Of parts with other
 * names, what has a file name is a file, and what has none and is of type {@code application/json} is the request; where
 * nothing else is, the first file of that type is.
 */
final class UploadReader {

    /** As many as one mail may have. */
    private static final int MOST_FILES = 50;

    /** Room that expired uploads leave is seen within this time. */
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private static final int MOST_OTHER_PARTS = 20;
    private static final int ROOM_FOR_THE_REST = 1024 * 1024;
    private static final String FILE_FIELD = "FileData";
    private static final String REQUEST_FIELD = "FileDataRequest";

    private final AttachmentStore store;
    private final long largestTotal;
    private final long largestBody;

    UploadReader(AttachmentStore store) {
        this.store = store;
        this.largestTotal = Math.max(store.maxSize(), AttachmentStore.LARGEST_TOTAL);
        this.largestBody = largestTotal + FlowJson.LARGEST_BODY + ROOM_FOR_THE_REST;
    }

    /**
     * Stores the files of an upload, all or none; in their order there, at least one.
     *
     * @param by who uploads
     */
    List<StoredFile> read(HttpServletRequest request, Tenants by) {
        Upload upload = new Upload(by);
        try {
            read(request, upload);
            return upload.take();
        } catch (FileTooLargeException tooLarge) {
            throw tooLarge("The file " + tooLarge.name() + " is larger than " + tooLarge.limit()
                    + ", the limit for one file: send a smaller one.");
        } catch (NoRoomException full) {
            throw full(full);
        } catch (StoreUnavailableException failure) {
            throw unavailable(failure);
        } catch (FileUploadSizeException tooLarge) {
            throw tooLarge("The upload is too large: " + limits());
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
        Body body = new Body(request);
        FormData form = new FormData(largestBody);
        FileItemInputIterator parts = form.getItemIterator(body);
        while (parts.hasNext()) {
            FileItemInput part = parts.next();
            // the part's own getName() fails on names that this machine's file system does not know
            String name = form.getFileName(part.getHeaders());
            boolean isJson = isJson(part.getContentType());
            if (name != null && !name.isBlank() && !isField(part, REQUEST_FIELD)) {
                requireRoom(request, name);
                upload.requireRoomForFile();
                boolean mayBeRequest = isJson && !isField(part, FILE_FIELD);
                upload.add(store.upload(upload.by, name, part.getContentType(), part.getInputStream()), mayBeRequest);
            } else {
                upload.requireRoomForPart();
                readPart(part, isJson || isField(part, REQUEST_FIELD), upload);
            }
        }
        if (body.endedEarly) {
            throw new FileUploadException("The body has no closing delimiter");
        }
    }

    private static boolean isField(FileItemInput part, String name) {
        return name.equalsIgnoreCase(part.getFieldName());
    }

    private void requireRoom(HttpServletRequest request, String name) {
        if (request.getContentLengthLong() > largestBody) {
            throw tooLarge(
                    "The upload with the file " + FileTooLargeException.shown(name) + " is too large: " + limits());
        }
    }

    private String limits() {
        return "one file may have " + FileTooLargeException.words(store.maxSize()) + ", all files of an upload "
                + FileTooLargeException.words(largestTotal) + " together.";
    }

    private static boolean isJson(@Nullable String contentType) {
        return contentType != null
                && contentType.toLowerCase(Locale.ROOT).split(";", 2)[0].strip().equals("application/json");
    }

    private static void readPart(FileItemInput part, boolean isRequest, Upload upload) throws IOException {
        if (isRequest) {
            check(part);
            upload.isRequestSeen = true;
        } else {
            upload.passOver(part.getInputStream());
        }
    }

    private static void check(FileItemInput part) throws IOException {
        byte[] body = part.getInputStream().readNBytes(FlowJson.LARGEST_BODY + 1);
        if (body.length > FlowJson.LARGEST_BODY) {
            throw tooLarge("The upload's part that is Flow's request is larger than 10 MiB.");
        }
        try {
            FlowJson.mapper().readValue(body, FileDataRequest.class);
        } catch (JacksonException malformed) {
            throw ProblemException.badInput("The upload's part that is Flow's request (FileDataRequest, or of type"
                    + " application/json) is not the JSON that Flow sends.");
        }
    }

    private static ProblemException tooLarge(String message) {
        return new ProblemException(HttpStatus.CONTENT_TOO_LARGE, message);
    }

    /** What was read of one upload. Its files stay only when they are taken. */
    private final class Upload {
        private final Tenants by;
        private final List<StoredFile> files = new ArrayList<>();
        private @Nullable StoredFile firstJson;
        private boolean isRequestSeen;
        private int otherParts;
        private long passedOver;

        Upload(Tenants by) {
            this.by = by;
        }

        void requireRoomForFile() {
            // one of them may turn out to be the request
            if (files.size() > MOST_FILES) {
                throw ProblemException.badInput(
                        "The upload has more than " + MOST_FILES + " files: send fewer at a time.");
            }
        }

        void requireRoomForPart() {
            if (++otherParts > MOST_OTHER_PARTS) {
                throw ProblemException.badInput(
                        "The upload has more than " + MOST_OTHER_PARTS + " parts that are no files.");
            }
        }

        void add(StoredFile file, boolean mayBeRequest) {
            files.add(file);
            if (mayBeRequest && firstJson == null) {
                firstJson = file;
            }
            long total = files.stream().mapToLong(StoredFile::size).sum();
            if (total > largestTotal) {
                throw tooLarge("The upload is too large: " + limits());
            }
        }

        void passOver(InputStream field) throws IOException {
            byte[] buffer = new byte[8 * 1024];
            for (int read = field.read(buffer); read >= 0; read = field.read(buffer)) {
                passedOver += read;
                if (passedOver > FlowJson.LARGEST_BODY) {
                    throw tooLarge("The upload is too large: its parts that are no files hold more than 10 MiB.");
                }
            }
        }

        List<StoredFile> take() {
            List<StoredFile> uploads = new ArrayList<>(files);
            if (!isRequestSeen && firstJson != null) {
                uploads.remove(firstJson);
            }
            if (uploads.isEmpty()) {
                throw ProblemException.badInput("The upload has no file: send a part with a file name and the bytes.");
            }
            if (uploads.size() > MOST_FILES) {
                throw ProblemException.badInput(
                        "The upload has more than " + MOST_FILES + " files: send fewer at a time.");
            }
            files.removeAll(uploads);
            return uploads;
        }

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
