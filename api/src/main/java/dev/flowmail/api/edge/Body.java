package dev.flowmail.api.edge;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.Problems;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpStatus;
import org.springframework.util.FastByteArrayOutputStream;

/** The body of one request, in memory; closing it gives its room back. */
final class Body implements AutoCloseable {

    /** How large it may be. */
    enum Limit {
        JSON(FlowJson.LARGEST_BODY, "10 MiB: send large files as attachments by their Id."),
        /** A comment of the longest length in any script, percent-encoded, and room to spare. */
        FORM(128 * 1024, "128 KiB.");

        private final int bytes;
        private final String words;

        Limit(int bytes, String words) {
            this.bytes = bytes;
            this.words = words;
        }

        int bytes() {
            return bytes;
        }
    }

    private final BodyRoom room;
    private final Limit limit;
    private final FastByteArrayOutputStream bytes = new FastByteArrayOutputStream();
    private int taken;

    Body(BodyRoom room, Limit limit) {
        this.room = room;
        this.limit = limit;
    }

    boolean isTooLarge(long size) {
        return size > limit.bytes;
    }

    void refuseAsTooLarge(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Problems.write(request, response, HttpStatus.CONTENT_TOO_LARGE, "The request is larger than " + limit.words);
    }

    /** How many bytes are there. */
    int size() {
        return bytes.size();
    }

    int largest() {
        return limit.bytes;
    }

    /** False, and nothing is added, when there is no room. */
    boolean add(byte[] more, int count) throws IOException {
        int wanted = (bytes.size() + count + BodyRoom.KIBIBYTE - 1) / BodyRoom.KIBIBYTE - taken;
        if (wanted > 0 && !room.take(wanted)) {
            return false;
        }
        taken += wanted;
        bytes.write(more, 0, count);
        return true;
    }

    /** The request with this body. */
    HttpServletRequest in(HttpServletRequest request) {
        InputStream body = bytes.getInputStream();
        return new HttpServletRequestWrapper(request) {
            @Override
            public ServletInputStream getInputStream() {
                return new Stream(body);
            }

            @Override
            public BufferedReader getReader() {
                return new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
            }
        };
    }

    @Override
    public void close() {
        room.giveBack(taken);
        taken = 0;
    }

    private static final class Stream extends ServletInputStream {
        private final InputStream body;

        Stream(InputStream body) {
            this.body = body;
        }

        @Override
        public int read() throws IOException {
            return body.read();
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            return body.read(buffer, offset, length);
        }

        @Override
        public boolean isFinished() {
            try {
                return body.available() == 0;
            } catch (IOException impossible) {
                return true;
            }
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("The body is there: read it");
        }
    }
}
