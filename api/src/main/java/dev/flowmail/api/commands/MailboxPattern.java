package dev.flowmail.api.commands;

import dev.flowmail.activities.smtp.MailAddress;
import java.text.Normalizer;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One mailbox in texts, whatever its case, however its accents are written, and whether its domain is in ASCII or not. It is
 * not found within a longer address.
 */
final class MailboxPattern implements Predicate<String> {

    /** What a local part is made of (RFC 5322, atext), and beyond ASCII. */
    private static final String BEFORE = "(?<![\\p{L}\\p{M}\\p{N}.!#$%&'*+/=?^_`{|}~-])";

    private static final String AFTER = "(?![\\p{L}\\p{M}\\p{N}-]|\\.[\\p{L}\\p{N}])";

    private final Pattern pattern;

    private MailboxPattern(String address) {
        this.pattern = Pattern.compile(
                MailAddress.forms(address).stream()
                        .map(MailboxPattern::composed)
                        .distinct()
                        .map(Pattern::quote)
                        .collect(Collectors.joining("|", BEFORE + "(?:", ")" + AFTER)),
                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /** @throws UsageException when it is not an address */
    static MailboxPattern of(String address) {
        if (!MailAddress.is(address)) {
            throw new UsageException("ADDRESS is not an email address: name one such as name@example.com.");
        }
        return new MailboxPattern(address);
    }

    @Override
    public boolean test(String text) {
        return pattern.matcher(composed(text)).find();
    }

    private static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }
}
