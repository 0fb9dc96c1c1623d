package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.Retries;
import io.temporal.activity.ActivityInfo;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** How long an attempt may take. */
final class Budget {
    /** A failure that is told in time is worth more than a timeout: somebody may wait for its words. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private Budget() {}

    /** What Temporal gives it, less what it takes to tell that it was not enough. */
    static Duration of(ActivityInfo info) {
        Duration budget = shorter(Retries.LONGEST_TRANSFER, info.getStartToCloseTimeout());
        Duration waited = Duration.ofMillis(info.getStartedTimestamp() - info.getScheduledTimestamp());
        Duration whole = info.getScheduleToCloseTimeout();
        // without such a timeout, and when the times make no sense, nothing is left of it
        if (whole != null && !waited.isNegative()) {
            budget = shorter(budget, whole.minus(waited));
        }
        return budget.compareTo(MARGIN.multipliedBy(2)) > 0 ? budget.minus(MARGIN) : budget.dividedBy(2);
    }

    private static Duration shorter(Duration one, @Nullable Duration other) {
        return other != null && isSet(other) && other.compareTo(one) < 0 ? other : one;
    }

    private static boolean isSet(Duration timeout) {
        return timeout.compareTo(Duration.ZERO) > 0;
    }
}
