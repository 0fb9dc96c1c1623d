package dev.flowmail.activities.smtp;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mail server's answer (RFC 5321, section 4.2).
 *
 * @param code three digits, e.g. 550
 * @param text the server's own words on one line, without the code, at most 500 characters
 */
record Reply(int code, String text) {
    private static final int LONGEST_TEXT = 500;
    private static final Pattern CODES = Pattern.compile("^\\d{3}[ -]?", Pattern.MULTILINE);
    private static final Pattern ADDRESS = Pattern.compile("[^\\s<>\"'(),:;]+@[^\\s<>\"'(),:;]+");

    /** The mail, or this recipient, was taken. */
    static final Reply ACCEPTED = new Reply(250, "");

    /** Reads what a server said, possibly on several lines. */
    static Reply of(int code, @Nullable String lines) {
        String text =
                HostileText.neutralise(CODES.matcher(lines == null ? "" : lines).replaceAll(""));
        return new Reply(code, text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
    }

    boolean accepts() {
        return code >= 200 && code <= 299;
    }

    /** Whether asking again is in vain. */
    boolean isFinal() {
        return code >= 500 && code <= 599;
    }

    /** Code and words for a failure's message, which the worker logs: addresses in it are made unreadable. */
    String withoutAddresses() {
        return (code + " " + ADDRESS.matcher(text).replaceAll("(address)")).strip();
    }
}
