package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.Decide.Fresh;
import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import java.time.Instant;

/** The code that was mailed to a participant for one outcome, as its hash; and how often another one was typed. */
final class FreshCode {

    private final int outcome;
    private final Fresh fresh;
    private final Instant askedAt;
    private int wrong;
    private boolean awaitsMail = true;

    FreshCode(int outcome, Fresh fresh, Instant askedAt) {
        this.outcome = outcome;
        this.fresh = fresh;
        this.askedAt = askedAt;
    }

    int outcome() {
        return outcome;
    }

    String nonce() {
        return fresh.nonce();
    }

    Instant askedAt() {
        return askedAt;
    }

    boolean awaitsMail() {
        return awaitsMail;
    }

    void isMailed() {
        awaitsMail = false;
    }

    /** Whether this is the code, typed in time; a wrong one is counted. */
    boolean accepts(int chosen, String typed, Instant now) {
        if (snapshot().isOver(now) || chosen != outcome) {
            return false;
        }
        if (typed.equals(fresh.hash())) {
            return true;
        }
        wrong++;
        return false;
    }

    AwaitedCode snapshot() {
        return new AwaitedCode(outcome, fresh.nonce(), askedAt, wrong);
    }
}
