package dev.flowmail.api.files;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import org.apache.commons.fileupload2.core.DiskFileItem;
import org.apache.commons.fileupload2.core.DiskFileItemFactory;
import org.apache.commons.fileupload2.core.FileItemHeaders;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletFileUpload;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ContentDisposition;

/** A parser of multipart/form-data as real senders write it: parts without a name, {@code filename*} beside {@code filename}. */
final class FormData extends JakartaServletFileUpload<DiskFileItem, DiskFileItemFactory> {

    /** Room for a long name in another script, percent-encoded. */
    private static final int LARGEST_PART_HEADER = 16 * 1024;

    FormData(long maxSize) {
        setHeaderCharset(UTF_8);
        setMaxPartHeaderSize(LARGEST_PART_HEADER);
        setMaxSize(maxSize);
    }

    /** Never null: the parser would stumble over a nested multipart without a boundary. */
    @Override
    public byte[] getBoundary(String contentType) {
        byte[] boundary = super.getBoundary(contentType);
        if (boundary == null) {
            throw new IllegalStateException("The content type has no boundary");
        }
        return boundary;
    }

    /** Never null: a part without a name would be passed over. */
    @Override
    public String getFieldName(FileItemHeaders headers) {
        String name = super.getFieldName(headers);
        return name == null ? "" : name;
    }

    /** {@code filename*} (RFC 6266, section 4.3) goes before {@code filename}, wherever it stands. */
    @Override
    public @Nullable String getFileName(FileItemHeaders headers) {
        String disposition = headers.getHeader(CONTENT_DISPOSITION);
        String extended = disposition == null ? null : extendedFileName(disposition);
        if (extended != null) {
            return extended;
        }
        String name = super.getFileName(headers);
        // the parser leaves quoted pairs as they are; a backslash before anything else is one of a Windows path
        return name == null ? null : name.replace("\\\"", "\"");
    }

    private static @Nullable String extendedFileName(String disposition) {
        if (!disposition.toLowerCase(Locale.ROOT).contains("filename*")) {
            return null;
        }
        try {
            return ContentDisposition.parse(disposition).getFilename();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
