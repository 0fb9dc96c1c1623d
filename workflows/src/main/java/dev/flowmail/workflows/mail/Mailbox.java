package dev.flowmail.workflows.mail;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
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

    private static final String ATOM =
            "(?:[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]|[\\p{L}\\p{M}\\p{N}&&[^\\p{ASCII}\\u760D\\u760A]])+";
    private static final Pattern LOCAL_PART = Pattern.compile(ATOM + "(?:\\." + ATOM + ")*");
    private static final Pattern LABEL =
            Pattern.compile("[\\p{L}\\p{N}](?:[\\p{L}\\p{M}\\p{N}-]*[\\p{L}\\p{M}\\p{N}])?");

    /** Letters and marks that show nothing, which IDNA drops or refuses, and two whose last bytes are a line's end. */
    private static final Pattern IGNORED = Pattern.compile(
            "[\\u760D\\u760A\\u034F\\u115F\\u1160\\u17B4\\u17B5\\u180B-\\u180F\\u3164\\uFE00-\\uFE0F\\uFFA0\\x{E0100}-\\x{E01EF}]");

    private static final Pattern DIGIT_FIRST = Pattern.compile("(?:^|\\.)\\p{N}");
    private static final Pattern LEFTWARDS = Pattern.compile("[\\p{IsArabic}\\p{IsHebrew}&&\\p{L}]+");

    /**
     * Whether the text is one address of the usual kind, {@code local-part@domain} without quotes, comments or an IP address,
     * within the limits of RFC 5321. A mailer may take more; what is not refused here it does not refuse for its form.
     */
    public static boolean isAddress(String text) {
        int at = text.length() > LONGEST ? -1 : text.lastIndexOf('@');
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
            if (!LABEL.matcher(label).matches() || !isUsual(label) || asciiLength(label) > LONGEST_LABEL) {
                return false;
            }
            length += 1 + asciiLength(label);
        }
        // where some of it runs from right to left, IDNA lets no label begin with a digit
        return length <= longest
                && (!runsLeftwards(domain) || !DIGIT_FIRST.matcher(domain).find());
    }

    /**
     * Whether a label beyond ASCII is of the kind that IDNA takes unchanged: written in one direction, and without characters that
     * stand for others.
     */
    private static boolean isUsual(String label) {
        if (label.chars().allMatch(character -> character < 0x80)) {
            return true;
        }
        String lower = label.toLowerCase(Locale.ROOT);
        return !label.contains("--")
                && !IGNORED.matcher(label).find()
                && Normalizer.isNormalized(lower, Normalizer.Form.NFKC)
                && (!runsLeftwards(label) || LEFTWARDS.matcher(label).matches());
    }

    private static boolean runsLeftwards(String text) {
        return text.codePoints()
                .map(Character::getDirectionality)
                .anyMatch(direction -> direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT
                        || direction == Character.DIRECTIONALITY_RIGHT_TO_LEFT_ARABIC
                        || direction == Character.DIRECTIONALITY_ARABIC_NUMBER);
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

    /**
     * Whether an address is one of these, whatever its case and however its accents are written.
     *
     * @param forms of one address: its domain in ASCII and in Unicode
     */
    public static boolean isAmong(List<String> forms, String address) {
        return forms.stream().anyMatch(form -> composed(form).equalsIgnoreCase(composed(address)));
    }

    private static String composed(String address) {
        return Normalizer.normalize(address, Normalizer.Form.NFC);
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
