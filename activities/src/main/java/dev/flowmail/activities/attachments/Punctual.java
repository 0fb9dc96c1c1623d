package dev.flowmail.activities.attachments;

import java.io.InputStream;
import org.apache.commons.io.input.ProxyInputStream;

/** Fails a transfer that is too slow as a whole. */
final class Punctual extends ProxyInputStream {
    private final long end;

    Punctual(InputStream bytes, long end) {
        super(bytes);
        this.end = end;
    }

    @Override
    protected void beforeRead(int length) throws FetchFailedException {
        if (System.nanoTime() - end >= 0) {
            throw FetchFailedException.forNow("S3 did not send all of it in time");
        }
    }
}
