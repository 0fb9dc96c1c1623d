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

    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;
    private static final int LONGEST_LABEL = 63;

    /** What stands before a label's ASCII form (RFC 5890) and within it, and at most for one character beyond ASCII. */
    private static final int LABEL_MARK = 5;

    private static final int LABEL_CHARACTER = 4;

    private static final String ATOM = "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[\\p{L}\\p{M}\\p{N}&&[^\\p{ASCII}]])+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?");

    /**
     * Whether the text is one address of the usual kind, {@code local-part@domain} without quotes, comments or an IP address,
     * within the limits of RFC 5321. A mailer may take more; what is not refused here it does not refuse for its form.
     */
    public static boolean isAddress(String text) {
        int at = text.lastIndexOf('@');
        if (at < 1) {
            return false;
        }
        String local = text.substring(0, at);
        return LOCAL_PART.matcher(local).matches()
                // a reader that decodes an encoded word (RFC 2047) sees another address in it
                && !local.contains("=?")
                && octets(local) <= LONGEST_LOCAL_PART
                && isDomain(text.substring(at + 1), LONGEST - octets(local) - 1);
    }

    private static boolean isDomain(String domain, int longest) {
        int length = -1;
        for (String label : domain.split("\\.", -1)) {
            if (!LABEL.matcher(label).matches() || asciiLength(label) > LONGEST_LABEL) {
                return false;
            }
            length += 1 + asciiLength(label);
        }
        return length <= longest;
    }

    /** At most, for a label beyond ASCII. */
    private static int asciiLength(String label) {
        int beyond = (int) label.chars().filter(character -> character > 0x7f).count();
        return beyond == 0 ? label.length() : LABEL_MARK + label.length() - beyond + LABEL_CHARACTER * beyond;
    }

    /** Of its UTF-8. */
    private static int octets(String text) {
        return text.codePoints()
                .map(character -> character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4)
                .sum();
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
