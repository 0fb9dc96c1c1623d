package dev.flowmail.api.files;

import jakarta.servlet.http.HttpServletRequest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.fileupload2.jakarta.servlet6.JakartaServletRequestContext;

/** An upload as the parser sees it, which takes a body that ends between two parts for a whole one. */
final class UploadBody extends JakartaServletRequestContext {

    private boolean endedEarly;

    UploadBody(HttpServletRequest request) {
        super(request);
    }

    /** Whether it was read to its end, as the parser does only with a body that has no closing delimiter. */
    boolean endedEarly() {
        return endedEarly;
    }

    /** Unknown: only what arrives counts. A refusal of what is merely announced could not name the file. */
    @Override
    public long getContentLength() {
        return -1;
    }

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
