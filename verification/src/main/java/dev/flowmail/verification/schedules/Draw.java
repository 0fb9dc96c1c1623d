package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Manners.OfFlow;
import dev.flowmail.verification.schedules.Manners.OfMail;
import dev.flowmail.verification.schedules.Step.Deed;
import dev.flowmail.verification.schedules.Step.Since;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws a schedule: the same seed and number, the same one. What is added is drawn last, so that all else stays as it was. */
final class Draw {
    private static final int RACE_MILLIS = 600;

    private final long seed;
    private final int number;
    private final boolean killed;
    private final Random random;
    private final Random randomOfHold;

    Draw(long seed, int number) {
        this.seed = seed;
        this.number = number;
        this.killed = Schedule.killsFlowmail(number);
        // neighbours' first draws would be alike
        long own = new Random(seed * 1_000_003L + number).nextLong();
        this.random = new Random(own);
        this.randomOfHold = new Random(~own);
    }

    Schedule schedule() {
        int people = 1 + random.nextInt(3);
        int timeout = 3 + random.nextInt(3);
        List<OfMail> mails = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            mails.add(mail());
        }
        Schedule unheld = new Schedule(
                seed,
                number,
                people,
                1 + random.nextInt(people),
                random.nextInt(4) == 0,
                timeout,
                random.nextInt(4) == 0 ? null : oneOf(random, Schedule.APPROVE, Schedule.REJECT, Schedule.REJECT),
                random.nextInt(3) == 0 ? 1 + random.nextInt(2) : 0,
                0,
                "button",
                List.copyOf(mails),
                flow(),
                steps(people, timeout));
        return new DrawOfHold(randomOfHold, unheld).schedule();
    }

    private OfMail mail() {
        int chance = random.nextInt(100);
        return chance < 72
                ? OfMail.TAKES
                : chance < 84 ? OfMail.SLOW : chance < 92 ? OfMail.BUSY_TWICE : OfMail.REFUSES;
    }

    private List<OfFlow> flow() {
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

    private List<Step> steps(int people, int timeout) {
        List<Step> steps = new ArrayList<>();
        int count = 2 + random.nextInt(4);
        for (int step = 0; step < count; step++) {
            steps.add(step(people, timeout, deed()));
        }
        if (killed) {
            steps.add(step(people, timeout, Deed.KILL));
        }
        return List.copyOf(steps);
    }

    private Step step(int people, int timeout, Deed deed) {
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
                deed == Deed.CLICK ? oneOf(random, Schedule.APPROVE, Schedule.APPROVE, Schedule.REJECT) : null);
    }

    private Deed deed() {
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
    static <T> T oneOf(Random random, T... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
