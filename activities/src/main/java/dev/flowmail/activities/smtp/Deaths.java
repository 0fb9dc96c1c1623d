package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.MailFailure;
import io.temporal.failure.ApplicationFailure;

/**
 * How often composing a mail has ended an attempt, or the whole process: it is noted with the attempt's {@link Progress} before,
 * so that a killed process cannot forget it.
 */
final class Deaths {
    /** The first, and two more alone. */
    private static final int MOST_DEATHS = 3;

    private final Attempt attempt;
    private boolean noted;

    Deaths(Attempt attempt) {
        this.attempt = attempt;
    }

    /** Whether an earlier attempt died of composing this mail: nothing else large is composed meanwhile. */
    boolean isAlone() {
        return attempt.progress().died() > (noted ? 1 : 0);
    }

    /**
     * Notes, so that a killed process cannot forget it, that the attempt may die of what comes next, or that it has not.
     *
     * @throws ApplicationFailure when it has often enough
     */
    void mayDieOfIt(boolean may) {
        if (may && attempt.progress().died() >= MOST_DEATHS) {
            throw givenUp();
        }
        count(may ? 1 : -1);
        noted = may;
        attempt.record();
    }

    /** What to fail with after the attempt ran out of memory or stack. */
    ApplicationFailure diedOf(Error death) {
        if (!noted) {
            count(1);
        }
        attempt.record();
        return attempt.progress().died() >= MOST_DEATHS
                ? givenUp()
                : ApplicationFailure.newFailure(
                        "This mail could not be composed: " + death.getClass().getSimpleName(),
                        MailFailure.BODY_REFUSED);
    }

    private void count(int more) {
        Progress progress = attempt.progress();
        attempt.reached(progress.withDeaths(Math.max(0, progress.died() + more)));
    }

    private static ApplicationFailure givenUp() {
        return ApplicationFailure.newNonRetryableFailure(
                "This mail could not be composed: " + MOST_DEATHS + " attempts ran out of memory or were cut off; send"
                        + " smaller bodies with less markup",
                MailFailure.BODY_REFUSED);
    }
}
