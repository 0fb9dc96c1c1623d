package dev.flowmail.activities.network;

import dev.flowmail.activities.network.GuardedHttp.BodyTooLargeException;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.io.input.ProxyInputStream;

/** A reply's body, which fails when more of it is read or skipped than the limit. */
final class CappedStream extends ProxyInputStream {

    private final long limit;
    private long left;

    CappedStream(InputStream body, long limit) {
        super(body);
        this.limit = limit;
        this.left = limit;
    }

    @Override
    protected void afterRead(int count) throws BodyTooLargeException {
        count(Math.max(0, count));
    }

    @Override
    public long skip(long count) throws IOException {
        long skipped = super.skip(count);
        count(skipped);
        return skipped;
    }

    private void count(long bytes) throws BodyTooLargeException {
        left -= bytes;
        if (left < 0) {
            throw new BodyTooLargeException(limit);
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Leaves the connection alone: closing the library's stream would read all that is left. */
    @Override
    public void close() {}
}
