package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Manners.OfFlow;
import dev.flowmail.verification.schedules.Manners.OfMail;
import dev.flowmail.verification.schedules.Step.Deed;
import dev.flowmail.verification.schedules.Step.Since;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
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
 * @param flow how the first callbacks are treated; all later ones are taken
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

    /** One in so many has a decision that is held. */
    private static final int HELD = 3;

    private static final int LONGEST_HOLD = 5;

    /** One in so many is one in which Flowmail is killed. */
    private static final int KILLED = 10;

    private static final int RACE_MILLIS = 600;

    static Schedule of(long seed, int number) {
        // neighbours' first draws would be alike
        long own = new Random(seed * 1_000_003L + number).nextLong();
        Random random = new Random(own);
        int people = 1 + random.nextInt(3);
        int timeout = 3 + random.nextInt(3);
        List<OfMail> mails = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            mails.add(mail(random));
        }
        Schedule unheld = new Schedule(
                seed,
                number,
                people,
                1 + random.nextInt(people),
                random.nextInt(4) == 0,
                timeout,
                random.nextInt(4) == 0 ? null : oneOf(random, APPROVE, REJECT, REJECT),
                random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0,
                0,
                "button",
                List.copyOf(mails),
                flow(random),
                steps(random, people, timeout, isKilled(number)));
        // drawn apart, so that all else stays as it was drawn before there were holds
        return unheld.confirmedAndHeld(new Random(~own));
    }

    private Schedule confirmedAndHeld(Random random) {
        String confirmed = oneOf(random, "button", "careful");
        boolean held = random.nextInt(HELD) == 0;
        int hold = held ? 1 + random.nextInt(LONGEST_HOLD) : 0;
        List<Step> all = new ArrayList<>(steps);
        if (held) {
            all.addAll(stepsOfHold(random, hold));
        }
        return new Schedule(
                seed,
                number,
                people,
                needed,
                vetoed,
                timeoutSeconds,
                timeoutOutcome,
                remindSeconds,
                hold,
                confirmed,
                mails,
                flow,
                List.copyOf(all));
    }

    /** Enough people agree in time, and then something happens while that is held, or just after. */
    private List<Step> stepsOfHold(Random random, int hold) {
        List<Step> more = new ArrayList<>();
        for (int person = 0; person < needed; person++) {
            more.add(new Step(
                    Since.ACCEPTED,
                    random.nextInt(timeoutSeconds * 1_000),
                    Deed.CLICK,
                    person,
                    oneOf(random, APPROVE, APPROVE, APPROVE, REJECT)));
        }
        int count = 1 + random.nextInt(4);
        for (int step = 0; step < count; step++) {
            more.add(stepOfHold(
                    random,
                    hold,
                    oneOf(
                            random,
                            Deed.CHANGE,
                            Deed.CHANGE,
                            Deed.CHANGE,
                            Deed.CHANGE,
                            Deed.CLICK,
                            Deed.LOOK,
                            Deed.RELEASE,
                            Deed.WITHDRAW,
                            Deed.CANCEL,
                            Deed.EVICT,
                            Deed.RESET)));
        }
        if (killsFlowmail()) {
            more.add(stepOfHold(random, hold, Deed.KILL));
        }
        return more;
    }

    private Step stepOfHold(Random random, int hold, Deed deed) {
        int end = hold * 1_000;
        int millis = switch (deed) {
            // a run that has told Flow would tell it again
            case RESET -> random.nextInt(end / 2);
            default -> random.nextInt(end + RACE_MILLIS / 2);
        };
        return new Step(
                Since.HELD,
                millis,
                deed,
                random.nextInt(people),
                deed == Deed.CLICK ? oneOf(random, APPROVE, REJECT) : null);
    }

    /** Whether Flowmail is killed in it: such schedules disturb others. */
    boolean killsFlowmail() {
        return isKilled(number);
    }

    private static boolean isKilled(int number) {
        return number % KILLED == 0;
    }

    private static OfMail mail(Random random) {
        int chance = random.nextInt(100);
        return chance < 72
                ? OfMail.TAKES
                : chance < 84 ? OfMail.SLOW : chance < 92 ? OfMail.BUSY_TWICE : OfMail.REFUSES;
    }

    private static List<OfFlow> flow(Random random) {
        int chance = random.nextInt(100);
        if (chance < 15) {
            return List.of();
        }
        if (chance < 55) {
            return List.of(OfFlow.SLOW);
        }
        List<OfFlow> any = List.of(OfFlow.values());
        OfFlow first = any.get(random.nextInt(any.size()));
        return random.nextBoolean() ? List.of(first) : List.of(first, any.get(random.nextInt(any.size())));
    }

    private static List<Step> steps(Random random, int people, int timeout, boolean killed) {
        List<Step> steps = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int step = 0; step < count; step++) {
            steps.add(step(random, people, timeout, deed(random)));
        }
        if (killed) {
            steps.add(step(random, people, timeout, Deed.KILL));
        }
        return List.copyOf(steps);
    }

    private static Step step(Random random, int people, int timeout, Deed deed) {
        Since since = oneOf(random, Since.TOLD, Since.TOLD, Since.DEADLINE, Since.DEADLINE, Since.ACCEPTED);
        int millis = switch (since) {
            case ACCEPTED -> random.nextInt(timeout * 1_000);
            case DEADLINE -> random.nextInt(RACE_MILLIS) - RACE_MILLIS / 2;
            case TOLD, HELD -> random.nextInt(RACE_MILLIS);
        };
        return new Step(
                since,
                millis,
                deed,
                random.nextInt(people),
                deed == Deed.CLICK ? oneOf(random, APPROVE, APPROVE, REJECT) : null);
    }

    private static Deed deed(Random random) {
        int chance = random.nextInt(100);
        return chance < 52
                ? Deed.CLICK
                : oneOf(
                        random,
                        Deed.LOOK,
                        Deed.WITHDRAW,
                        Deed.WITHDRAW,
                        Deed.CANCEL,
                        Deed.CANCEL,
                        Deed.EXTEND,
                        Deed.REASSIGN,
                        Deed.RESEND,
                        Deed.RESEND_TO_ALL,
                        Deed.RETRY_CALLBACK,
                        Deed.EVICT);
    }

    @SafeVarargs
    private static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
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
