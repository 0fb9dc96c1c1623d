package dev.flowmail.workflows.mail;

import io.temporal.common.RetryOptions;
import java.time.Duration;

/** How often and how long something outside is tried: the same for mails of workflows, plain sends and callbacks. */
public final class Retries {

    /** One attempt at a mail. RFC 5321, 4.5.3.2: a server may take ten minutes after the final dot alone. */
    public static final Duration LONGEST_TRANSFER = Duration.ofMinutes(15);

    /** All attempts at a mail that asks nothing, and at the files that are fetched for it. */
    public static final Duration PLAIN_MAIL = Duration.ofDays(2);

    /** A killed worker's mail goes out again within two minutes. */
    public static final Duration HEARTBEAT = Duration.ofSeconds(60);

    /** Between two attempts at most. */
    public static final Duration LONGEST_PAUSE = Duration.ofMinutes(5);

    /** First again within 5 s, then at doubling distances. */
    public static final RetryOptions AGAIN = RetryOptions.newBuilder()
            .setInitialInterval(Duration.ofSeconds(2))
            .setBackoffCoefficient(2)
            .setMaximumInterval(LONGEST_PAUSE)
            .build();

    /** One attempt, whatever comes of it. */
    public static final RetryOptions ONCE =
            RetryOptions.newBuilder().setMaximumAttempts(1).build();

    private Retries() {}
}
