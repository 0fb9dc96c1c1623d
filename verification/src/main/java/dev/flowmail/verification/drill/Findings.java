package dev.flowmail.verification.drill;

import java.io.PrintStream;

/** What came of a drill. */
record Findings(Strikes strikes, Load load, Count count, Hostile hostile) {

    /** Prints all of it. Returns whether nothing was lost, doubled or wrong. */
    boolean report(PrintStream out) {
        out.println();
        out.print(strikes.table());
        out.println();
        out.print(count.table());
        out.println("| requests sent again after 429 or 503 | " + load.refused() + " | |");
        out.println("| requests sent again after no answer | " + load.unanswered() + " | |");
        out.println("| unexpected answers | " + load.surprises().size() + " | 0 |");
        load.surprises().stream().distinct().forEach(out::println);
        hostile.successes().stream().distinct().forEach(out::println);
        count.filesWrong().forEach(out::println);
        String doubled = count.mailsDoubled() + " mails came twice with the same Message-ID.";
        out.println((isGood() ? "Nothing was lost or wrong; " : "The drill failed: see the numbers above; ") + doubled
                + " " + hostile.summary());
        return isGood();
    }

    private boolean isGood() {
        return count.isGood()
                && load.requests().areAccepted()
                && load.surprises().isEmpty()
                && hostile.successes().isEmpty();
    }
}
