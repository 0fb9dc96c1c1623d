package dev.flowmail.verification.schedules;

import static dev.flowmail.verification.schedules.Draw.oneOf;

import dev.flowmail.verification.schedules.Step.Deed;
import dev.flowmail.verification.schedules.Step.Since;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Draws how a schedule is confirmed, and for some of them that decisions are held, and what happens meanwhile. */
final class DrawOfHold {
    /** One in so many has a decision that is held. */
    private static final int HELD = 3;

    private static final int LONGEST_HOLD = 5;

    /** So late after the end of a hold something may still happen. */
    private static final int LATE_MILLIS = 300;

    private final Random random;
    private final Schedule unheld;

    DrawOfHold(Random random, Schedule unheld) {
        this.random = random;
        this.unheld = unheld;
    }

    Schedule schedule() {
        String confirmed = oneOf(random, "button", "careful");
        if (random.nextInt(HELD) != 0) {
            return unheld.confirmedAndHeld(confirmed, 0, List.of());
        }
        int hold = 1 + random.nextInt(LONGEST_HOLD);
        return unheld.confirmedAndHeld(confirmed, hold, steps(hold));
    }

    /** Enough people agree in time, and then something happens while that is held, or just after. */
    private List<Step> steps(int hold) {
        List<Step> more = new ArrayList<>();
        for (int person = 0; person < unheld.needed(); person++) {
            more.add(new Step(
                    Since.ACCEPTED,
                    random.nextInt(unheld.timeoutSeconds() * 1_000),
                    Deed.CLICK,
                    person,
                    oneOf(random, Schedule.APPROVE, Schedule.APPROVE, Schedule.APPROVE, Schedule.REJECT)));
        }
        int count = 1 + random.nextInt(4);
        for (int step = 0; step < count; step++) {
            more.add(step(hold, deed()));
        }
        if (unheld.killsFlowmail()) {
            more.add(step(hold, Deed.KILL));
        }
        return more;
    }

    private Deed deed() {
        return oneOf(
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
                Deed.RESET);
    }

    private Step step(int hold, Deed deed) {
        int end = hold * 1_000;
        int millis = switch (deed) {
            // a run that has told Flow would tell it again
            case RESET -> random.nextInt(end / 2);
            default -> random.nextInt(end + LATE_MILLIS);
        };
        return new Step(
                Since.HELD,
                millis,
                deed,
                random.nextInt(unheld.people()),
                deed == Deed.CLICK ? oneOf(random, Schedule.APPROVE, Schedule.REJECT) : null);
    }
}
