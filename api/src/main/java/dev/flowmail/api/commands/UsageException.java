package dev.flowmail.api.commands;

/** A command was called with arguments that it does not take. The message says what to write instead. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}
