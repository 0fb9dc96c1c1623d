package dev.flowmail.api.edge;

import dev.flowmail.api.problems.ProblemException;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.http.HttpStatus;

/** An upload, read while it arrives: 408 at the moment at which it has become too slow. */
final class PacedUpload extends HttpServletRequestWrapper {

    PacedUpload(HttpServletRequest request) {
        super(request);
    }

    @Override
    public ServletInputStream getInputStream() throws IOException {
        return new Stream(super.getInputStream());
    }

    private static final class Stream extends ServletInputStream {
        private final ServletInputStream body;
        private final Pace pace = new Pace(InstantSource.system());
        private long arrived;

        Stream(ServletInputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            int read = body.read();
            count(read < 0 ? 0 : 1);
            return read;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = body.read(buffer, offset, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) {
            arrived += read;
            if (read > 0 && pace.isTooSlow(arrived)) {
                throw new ProblemException(
                        HttpStatus.REQUEST_TIMEOUT, "The upload took too long to arrive: send it faster.");
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }

        @Override
        public void close() throws IOException {
            body.close();
        }
    }
}
