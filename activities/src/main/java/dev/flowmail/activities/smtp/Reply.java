package dev.flowmail.activities.smtp;

import dev.flowmail.templates.Beginning;
import dev.flowmail.templates.HostileText;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail server's answer (RFC 5321, section 4.2). What it means is for {@link Faults} to say.
 *
 * @param stage what it is the answer to
 * @param code three digits, e.g. 550
 * @param text the server's own words on one line, without the code, at most 500 characters
 */
record Reply(Stage stage, int code, String text) {
    private static final int LONGEST_TEXT = 500;
    /** What is looked at of an answer that may be much longer. */
    private static final int LONGEST_LOOK = 4_000;

    private static final Pattern CODES = Pattern.compile("^\\d{3}[ -]?", Pattern.MULTILINE);
    private static final Pattern ENHANCED_CODE = Pattern.compile("([245]\\.\\d{1,3}\\.\\d{1,3})\\b.*");
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),:;]{1,256}@[^\\s<>\"'(),:;]+");

    /** The mail, or this recipient, was accepted. */
    static final Reply ACCEPTED = new Reply(Stage.CONTENT, 250, "");

    /** Reads what a server said, possibly on several lines. */
    static Reply of(Stage stage, int code, @Nullable String lines) {
        String begin = lines == null ? "" : lines.substring(0, Math.min(lines.length(), LONGEST_LOOK));
        String text = HostileText.neutralise(CODES.matcher(begin).replaceAll(""));
        return new Reply(stage, code, Beginning.of(text, LONGEST_TEXT));
    }

    boolean accepts() {
        return code >= 200 && code <= 299;
    }

    /** The code of RFC 3463 that the words begin with, e.g. {@code 5.7.1}; empty when there is none. */
    String enhancedCode() {
        Matcher enhanced = ENHANCED_CODE.matcher(text);
        return enhanced.matches() ? enhanced.group(1) : "";
    }

    /** Code and words for a failure's message, which the worker logs: addresses in it are made unreadable. */
    String withoutAddresses() {
        return (code + " " + ADDRESS.matcher(text).replaceAll("(address)")).strip();
    }
}
