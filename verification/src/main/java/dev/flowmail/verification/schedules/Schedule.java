package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Manners.OfFlow;
import dev.flowmail.verification.schedules.Manners.OfMail;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that shall happen to one decision request. The same seed and number, the same schedule.
 *
 * @param timeoutSeconds the request's {@code Timeout}
 * @param timeoutOutcome null for none: then Flow gets a fault
 * @param remindSeconds 0 for no reminders
 * @param vetoed whether Reject is the {@code Veto Outcome}
 * @param holdSeconds the request's {@code Hold}; 0 for none
 * @param confirmation the request's {@code Confirmation}
 * @param mails how each person's mails are treated
 * @param flow how the first callbacks are treated; all later ones are accepted
 */
record Schedule(
        long seed,
        int number,
        int people,
        int needed,
        boolean vetoed,
        int timeoutSeconds,
        @Nullable String timeoutOutcome,
        int remindSeconds,
        int holdSeconds,
        String confirmation,
        List<OfMail> mails,
        List<OfFlow> flow,
        List<Step> steps) {
    static final String APPROVE = "Approve";
    static final String REJECT = "Reject";

    /** How long an {@code extend} extends. */
    static final int EXTENSION_SECONDS = 2;

    /** One in so many is one in which Flowmail is killed. */
    private static final int KILLED = 10;

    static Schedule of(long seed, int number) {
        return new Draw(seed, number).schedule();
    }

    /** A person's address, by index. */
    static String address(int person) {
        return "person" + (person + 1) + "@example.com";
    }

    List<String> addresses() {
        return IntStream.range(0, people).mapToObj(Schedule::address).toList();
    }

    Schedule confirmedAndHeld(String confirmed, int seconds, List<Step> more) {
        return new Schedule(
                seed,
                number,
                people,
                needed,
                vetoed,
                timeoutSeconds,
                timeoutOutcome,
                remindSeconds,
                seconds,
                confirmed,
                mails,
                flow,
                Stream.concat(steps.stream(), more.stream()).toList());
    }

    /** Whether Flowmail is killed in it: such schedules disturb others. */
    boolean killsFlowmail() {
        return killsFlowmail(number);
    }

    static boolean killsFlowmail(int number) {
        return number % KILLED == 0;
    }

    /** Each thing on a line of its own. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("schedule %d of seed %d: %d of %d needed%s, Timeout %d s %s%s%s, %s%n"
                .formatted(
                        number,
                        seed,
                        needed,
                        people,
                        vetoed ? ", Reject is a veto" : "",
                        timeoutSeconds,
                        timeoutOutcome == null ? "without outcome" : timeoutOutcome,
                        remindSeconds == 0 ? "" : ", reminders each " + remindSeconds + " s",
                        holdSeconds == 0 ? "" : ", Hold " + holdSeconds + " s",
                        confirmation));
        text.append("  the mail server ").append(mails).append(", Flow ").append(flow);
        steps.forEach(step -> text.append("%n  ".formatted()).append(step));
        return text.toString();
    }
}
