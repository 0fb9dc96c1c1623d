package dev.flowmail.api.problems;

import org.jspecify.annotations.Nullable;

/** An exception's type and stack without its words, which may quote what a caller sent: fit for a log. */
public final class FailureWithoutMessage extends Exception {
    private static final long serialVersionUID = 1L;
    private static final int DEEPEST = 10;

    private FailureWithoutMessage(Throwable failure, @Nullable Throwable cause) {
        super(failure.getClass().getName(), cause);
        setStackTrace(failure.getStackTrace());
    }

    public static FailureWithoutMessage of(Throwable failure) {
        return of(failure, 0);
    }

    private static FailureWithoutMessage of(Throwable failure, int depth) {
        Throwable cause = failure.getCause();
        return new FailureWithoutMessage(failure, cause == null || depth == DEEPEST ? null : of(cause, depth + 1));
    }
}
