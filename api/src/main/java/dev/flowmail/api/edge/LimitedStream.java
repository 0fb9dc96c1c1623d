package dev.flowmail.api.edge;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A request's body up to a size and for a time; what exceeds them is a 413 or a 408 at the moment it is read. */
final class LimitedStream extends ServletInputStream {
    private final ServletInputStream body;
    private final InstantSource clock;
    private final Instant end;
    private long left;

    LimitedStream(ServletInputStream body, long limit, Duration time, InstantSource clock) {
        this.body = body;
        this.left = limit;
        this.clock = clock;
        this.end = clock.instant().plus(time);
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
        left -= read;
        if (left < 0) {
            throw BodyFilter.tooLarge();
        }
        if (read > 0 && clock.instant().isAfter(end)) {
            throw BodyFilter.tooSlow();
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
