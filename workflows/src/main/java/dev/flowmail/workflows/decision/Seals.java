package dev.flowmail.workflows.decision;

import java.util.HashSet;
import java.util.Set;

/**
 * Which answers are obeyed: those that Flowmail encrypted as an answer to this very request, each once. Whoever reaches
 * Temporal can signal what they like: in clear, or what they find encrypted elsewhere.
 */
final class Seals {

    private final boolean mustBeBound;
    private final Set<String> seen = new HashSet<>();
    private boolean refusesPlain;
    private int plain;

    /** @param mustBeBound false for a request of an earlier version, whose answers may be unbound */
    Seals(boolean mustBeBound) {
        this.mustBeBound = mustBeBound;
        this.refusesPlain = mustBeBound;
    }

    /** Whether an answer counts. Call it once for each signal, in their order. */
    boolean admit(Decide answer) {
        Seal seal = answer.seal();
        if (seal == null) {
            return !refusesPlain && wasObeyedBefore();
        }
        return (seal.bound() || !mustBeBound) && seen.add(seal.id());
    }

    /** What an earlier version obeyed stays obeyed when its run is replayed. */
    private boolean wasObeyedBefore() {
        plain++;
        refusesPlain = !Preview.obeysPlainAnswer(plain);
        return !refusesPlain;
    }
}
