package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Step.Deed;
import dev.flowmail.verification.schedules.Step.Since;
import java.util.ArrayList;
import java.util.List;

/** Draws how a schedule is confirmed, and for some of them that decisions are held, and what happens meanwhile. */
final class DrawOfHold {
    /** One in so many has a decision that is held. */
    private static final int HELD = 3;

    private static final int LONGEST_HOLD = 5;

    /** So late after the end of a hold something may still happen. */
    private static final int LATE_MILLIS = 300;

    private final Dice dice;
    private final Schedule unheld;

    DrawOfHold(Dice dice, Schedule unheld) {
        this.dice = dice;
        this.unheld = unheld;
    }

    Schedule schedule() {
        String confirmed = dice.oneOf("button", "careful");
        if (dice.below(HELD) != 0) {
            return unheld.confirmedAndHeld(confirmed, 0, List.of());
        }
        int hold = 1 + dice.below(LONGEST_HOLD);
        return unheld.confirmedAndHeld(confirmed, hold, steps(hold));
    }

    /** Enough people agree in time, and then something happens while that is held, or just after. */
    private List<Step> steps(int hold) {
        List<Step> more = new ArrayList<>();
        for (int person = 0; person < unheld.needed(); person++) {
            more.add(new Step(
                    Since.ACCEPTED,
                    dice.below(unheld.timeoutSeconds() * 1_000),
                    Deed.CLICK,
                    person,
                    dice.oneOf(Schedule.APPROVE, Schedule.APPROVE, Schedule.APPROVE, Schedule.REJECT)));
        }
        int count = 1 + dice.below(4);
        for (int step = 0; step < count; step++) {
            more.add(step(hold, deed()));
        }
        if (unheld.killsFlowmail()) {
            more.add(step(hold, Deed.KILL));
        }
        return more;
    }

    private Deed deed() {
        return dice.oneOf(
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
            case RESET -> dice.below(end / 2);
            default -> dice.below(end + LATE_MILLIS);
        };
        return new Step(
                Since.HELD,
                millis,
                deed,
                dice.below(unheld.people()),
                deed == Deed.CLICK ? dice.oneOf(Schedule.APPROVE, Schedule.REJECT) : null);
    }
}
