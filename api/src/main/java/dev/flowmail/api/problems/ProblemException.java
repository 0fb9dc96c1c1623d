package dev.flowmail.api.problems;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A failure that the caller is told about: its status and a sentence that says what is wrong and what to do. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final HttpStatus status;
    private final @Nullable Duration retryAfter;

    public ProblemException(HttpStatus status, String message) {
        this(status, message, null, null);
    }

    private ProblemException(
            HttpStatus status, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    /** 400: the request is wrong; the message names the input. */
    public static ProblemException badInput(String message) {
        return new ProblemException(HttpStatus.BAD_REQUEST, message);
    }

    /** 503 with {@code Retry-After}: nothing was accepted, and the same request may succeed later. */
    public static ProblemException unavailable(String message, Throwable cause) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, message, Duration.ofSeconds(5), cause);
    }

    /** 503 with {@code Retry-After}: nothing was accepted, and after the pause the same request may be. */
    public static ProblemException unavailable(String message, Duration pause) {
        return new ProblemException(HttpStatus.SERVICE_UNAVAILABLE, message, pause, null);
    }

    /** 429 with {@code Retry-After}: nothing was accepted, and after the pause the same request may be. */
    public static ProblemException tooManyRequests(String message, Duration pause) {
        return new ProblemException(HttpStatus.TOO_MANY_REQUESTS, message, pause, null);
    }

    public HttpStatus status() {
        return status;
    }

    public @Nullable Duration retryAfter() {
        return retryAfter;
    }
}
