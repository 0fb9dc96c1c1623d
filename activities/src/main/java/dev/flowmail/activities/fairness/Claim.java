package dev.flowmail.activities.fairness;

/** Something that wants its turn; equal to nothing but itself. */
public interface Claim {

    /** Whose it is; empty when that is not known. */
    String tenant();

    /** How much it matters among its tenant's: the lower, the more. */
    int rank();
}
