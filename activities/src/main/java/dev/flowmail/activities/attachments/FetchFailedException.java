package dev.flowmail.activities.attachments;

import java.io.IOException;

/**
 * A file that lies elsewhere is not to be had. The message is a clause about it, such as {@code files.example.com answered
 * 404}: it names the host at most, never an address, a key or anything secret.
 */
public final class FetchFailedException extends IOException {
    private static final long serialVersionUID = 1L;

    private final boolean isFinal;

    private FetchFailedException(String message, boolean isFinal) {
        super(message);
        this.isFinal = isFinal;
    }

    /** Another attempt would meet the same. */
    static FetchFailedException forGood(String message) {
        return new FetchFailedException(message, true);
    }

    /** Another attempt may succeed. */
    static FetchFailedException forNow(String message) {
        return new FetchFailedException(message, false);
    }

    /** Whether another attempt would meet the same. */
    public boolean isFinal() {
        return isFinal;
    }
}
