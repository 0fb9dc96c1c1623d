package dev.flowmail.workflows.mail;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A mailbox (RFC 5322, section 3.4): an address and, perhaps, the name of who reads it.
 *
 * @param address {@code local-part@domain}, already checked
 * @param name the display name; null when there is none
 */
public record Mailbox(String address, @Nullable String name) {

    private static final Pattern ADDRESS =
            Pattern.compile("[^\\s\\p{C}<>()\\[\\]\\\\,;:\"@]{1,64}@[^\\s\\p{C}<>()\\[\\]\\\\,;:\"@]{1,255}");

    /** Whether the text has the shape of one address: {@code local-part@domain} and nothing that could end a header. */
    public static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    /** What a person calls this mailbox: its name, else its address. */
    public String label() {
        return name == null ? address : name;
    }

    /** Says nothing: addresses and names stay out of logs. */
    @Override
    public String toString() {
        return "Mailbox[...]";
    }
}
