package dev.flowmail.activities.network;

import com.ibm.icu.text.IDNA;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Names of hosts as DNS has them: IDNA 2008 as UTS 46 reads it, without the transitional rules, by which {@code ß} became
 * {@code ss} and mails went to somebody else.
 */
public final class HostName {
    private static final IDNA UTS46 = IDNA.getUTS46Instance(
            IDNA.NONTRANSITIONAL_TO_ASCII | IDNA.NONTRANSITIONAL_TO_UNICODE | IDNA.CHECK_BIDI | IDNA.CHECK_CONTEXTJ);

    private static final int LONGEST = 253;

    /** What is longer has no short form, and the conversion takes time by the square of it. */
    private static final int LONGEST_LOOK = 4 * LONGEST;

    private static final String LABEL = "[A-Za-z0-9_]([A-Za-z0-9_-]{0,61}[A-Za-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*\\.?");

    private HostName() {}

    /**
     * The name in ASCII; what was ASCII stays as it is. Underscores are taken, since there are hosts that have them.
     *
     * @return empty when it is no name of a host
     */
    public static Optional<String> toAscii(String name) {
        return converted(name)
                .filter(ascii ->
                        ascii.length() <= LONGEST && NAME.matcher(ascii).matches());
    }

    /** The name as people write it; what cannot be read so stays as it is. */
    public static String toUnicode(String name) {
        if (name.length() > LONGEST_LOOK) {
            return name;
        }
        IDNA.Info info = new IDNA.Info();
        String unicode = UTS46.nameToUnicode(name, new StringBuilder(), info).toString();
        return info.hasErrors() ? name : unicode;
    }

    private static Optional<String> converted(String name) {
        if (name.length() > LONGEST_LOOK) {
            return Optional.empty();
        }
        if (name.chars().allMatch(character -> character < 0x80)) {
            return Optional.of(name);
        }
        IDNA.Info info = new IDNA.Info();
        String ascii = UTS46.nameToASCII(name, new StringBuilder(), info).toString();
        return info.hasErrors() ? Optional.empty() : Optional.of(ascii);
    }
}
