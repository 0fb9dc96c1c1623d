package dev.flowmail.workflows.decision;

import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The voting rule, as a pure function: an outcome wins when enough recipients have chosen it, and one answer is enough for
 * the veto outcome.
 *
 * @param answersNeeded how many must choose the same outcome, at least 1
 * @param vetoOutcome index of the outcome for which one answer is enough; null for none
 */
record Tally(int answersNeeded, @Nullable Integer vetoOutcome) {

    /**
     * What the answers so far amount to.
     *
     * @param kind how it stands
     * @param outcome index of the outcome that won; null unless {@code WON}
     */
    record Verdict(Kind kind, @Nullable Integer outcome) {}

    /** How it stands. */
    enum Kind {
        /** Answers to come can still make an outcome win. */
        OPEN,
        /** An outcome has won. */
        WON,
        /** Whatever comes, no outcome can win. */
        NO_AGREEMENT,
        /** Fewer recipients than needed are left who have answered or still could. */
        TOO_FEW
    }

    /**
     * Counts.
     *
     * @param answers index of the outcome of every answer that stands, one a recipient, in order of arrival
     * @param outstanding how many recipients have not answered and still could
     */
    Verdict count(List<Integer> answers, int outstanding) {
        if (vetoOutcome != null && answers.contains(vetoOutcome)) {
            return new Verdict(Kind.WON, vetoOutcome);
        }
        int most = 0;
        for (Integer outcome : answers) {
            int votes = Collections.frequency(answers, outcome);
            if (votes >= answersNeeded) {
                return new Verdict(Kind.WON, outcome);
            }
            most = Math.max(most, votes);
        }
        if (answers.size() + outstanding < answersNeeded) {
            return new Verdict(Kind.TOO_FEW, null);
        }
        boolean vetoPossible = vetoOutcome != null && outstanding > 0;
        return new Verdict(most + outstanding >= answersNeeded || vetoPossible ? Kind.OPEN : Kind.NO_AGREEMENT, null);
    }
}
