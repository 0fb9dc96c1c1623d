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
    private final Dice dice;
    private final Dice diceOfHold;

    Draw(long seed, int number) {
        this.seed = seed;
        this.number = number;
        this.killed = Schedule.killsFlowmail(number);
        // neighbours' first draws would be alike
        long own = new Random(seed * 1_000_003L + number).nextLong();
        this.dice = new Dice(new Random(own));
        this.diceOfHold = new Dice(new Random(~own));
    }

    Schedule schedule() {
        int people = 1 + dice.below(3);
        int timeout = 3 + dice.below(3);
        List<OfMail> mails = new ArrayList<>();
        for (int person = 0; person < people; person++) {
            mails.add(mail());
        }
        Schedule unheld = new Schedule(
                seed,
                number,
                people,
                1 + dice.below(people),
                dice.below(4) == 0,
                timeout,
                dice.below(4) == 0 ? null : dice.oneOf(Schedule.APPROVE, Schedule.REJECT, Schedule.REJECT),
                dice.below(3) == 0 ? 1 + dice.below(2) : 0,
                0,
                "button",
                List.copyOf(mails),
                flow(),
                steps(people, timeout));
        return new DrawOfHold(diceOfHold, unheld).schedule();
    }

    private OfMail mail() {
        int chance = dice.below(100);
        return chance < 72
                ? OfMail.TAKES
                : chance < 84 ? OfMail.SLOW : chance < 92 ? OfMail.BUSY_TWICE : OfMail.REFUSES;
    }

    private List<OfFlow> flow() {
        int chance = dice.below(100);
        if (chance < 15) {
            return List.of();
        }
        if (chance < 55) {
            return List.of(OfFlow.SLOW);
        }
        List<OfFlow> any = List.of(OfFlow.values());
        OfFlow first = any.get(dice.below(any.size()));
        return dice.isTrue() ? List.of(first) : List.of(first, any.get(dice.below(any.size())));
    }

    private List<Step> steps(int people, int timeout) {
        List<Step> steps = new ArrayList<>();
        int count = 2 + dice.below(4);
        for (int step = 0; step < count; step++) {
            steps.add(step(people, timeout, deed()));
        }
        if (killed) {
            steps.add(step(people, timeout, Deed.KILL));
        }
        return List.copyOf(steps);
    }

    private Step step(int people, int timeout, Deed deed) {
        Since since = dice.oneOf(Since.TOLD, Since.TOLD, Since.DEADLINE, Since.DEADLINE, Since.ACCEPTED);
        int millis = switch (since) {
            case ACCEPTED -> dice.below(timeout * 1_000);
            case DEADLINE -> dice.below(RACE_MILLIS) - RACE_MILLIS / 2;
            case TOLD, HELD -> dice.below(RACE_MILLIS);
        };
        return new Step(
                since,
                millis,
                deed,
                dice.below(people),
                deed == Deed.CLICK ? dice.oneOf(Schedule.APPROVE, Schedule.APPROVE, Schedule.REJECT) : null);
    }

    private Deed deed() {
        int chance = dice.below(100);
        return chance < 52
                ? Deed.CLICK
                : dice.oneOf(
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
}
