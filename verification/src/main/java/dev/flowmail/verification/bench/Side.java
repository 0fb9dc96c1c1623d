package dev.flowmail.verification.bench;

/** Whose values stand in a column of the table. */
enum Side {
    FLOWMAIL("Flowmail"),
    BARE("bare Temporal"),
    /** Another version of Flowmail. */
    BASELINE("the baseline");

    final String words;

    Side(String words) {
        this.words = words;
    }
}
