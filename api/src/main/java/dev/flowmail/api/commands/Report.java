package dev.flowmail.api.commands;

import java.io.PrintStream;

/** What the doctor finds, line by line as it is found. */
final class Report {

    private final PrintStream out;
    private int findings;
    private int warnings;

    Report(PrintStream out) {
        this.out = out;
    }

    /** Begins a topic. */
    void about(String topic) {
        out.println(topic);
    }

    /** As it should be. */
    void fine(String what) {
        line("✓", what);
    }

    /** Works, but the operator should know. */
    void warning(String what, String remedy) {
        warnings++;
        line("!", what);
        line(" ", "-> " + remedy);
    }

    /** Has to be fixed. */
    void finding(String what, String remedy) {
        finding(what);
        line(" ", "-> " + remedy);
    }

    /** Has to be fixed; the sentence says how. */
    void finding(String whatAndRemedy) {
        findings++;
        line("✗", whatAndRemedy);
    }

    /**
     * Ends the report.
     *
     * @return the exit code
     */
    int end() {
        out.println();
        String also = warnings == 0 ? "" : warnings == 1 ? "; 1 warning" : "; " + warnings + " warnings";
        out.println(findings == 0 ? "All is well" + also + "." : count(findings) + also + ".");
        return findings == 0 ? Commands.DONE : Commands.FAILED;
    }

    private static String count(int findings) {
        return findings == 1 ? "1 finding" : findings + " findings";
    }

    /** Parts of the text come from servers. */
    private void line(String mark, String text) {
        out.println("  " + mark + " " + text.replaceAll("\\p{Cntrl}+", " "));
    }
}
