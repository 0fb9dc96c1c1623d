package dev.flowmail.api.settings;

import org.jspecify.annotations.Nullable;

/** Flowmail cannot start like this. The message is all that the operator reads: it names the setting and the remedy. */
public final class CannotStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotStartException(String message) {
        this(message, null);
    }

    public CannotStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
