package dev.flowmail.activities.smtp;

import dev.flowmail.activities.network.HostName;
import dev.flowmail.templates.HostileText;
import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Mailbox;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an email address is: one addr-spec (RFC 5322, section 3.4.1), international ones (RFC 6531) included, within RFC 5321's
 * limits of 64 octets for the local part and 254 in all. The one place that decides, for the door and for what is mailed.
 */
public final class MailAddress {
    private static final int LONGEST = 254;

    /** What is longer has no short form. */
    private static final int LONGEST_LOOK = 4 * LONGEST;

    private static final int LONGEST_LOCAL_PART = 64;
    private static final Pattern NEEDLESSLY_QUOTED =
            Pattern.compile("\"([^\\s\"\\\\(),:;<>@\\[\\].]+(?:\\.[^\\s\"\\\\(),:;<>@\\[\\].]+)*)\"");
    private static final Pattern LITERAL = Pattern.compile("\\[[A-Za-z0-9.:]+]");

    /**
     * Invisible and unassigned characters, and spaces other than the one that a quoted local part may have. The last bytes of
     * the two ideographs are CR and LF, which is what software makes of them that cuts characters to bytes.
     */
    private static final Pattern HARMFUL = Pattern.compile("[\\p{C}\\p{Z}\\u760D\\u760A&&[^ ]]");

    /** The same for domains, where IDNA has rules for joiners and would drop what is otherwise invisible. */
    private static final Pattern HARMFUL_IN_DOMAIN = Pattern.compile("[\\p{C}\\p{Z}\\u760D\\u760A&&[^\\u200C\\u200D]]");

    private MailAddress() {}

    /** Whether the text is one address and nothing else. */
    public static boolean is(String text) {
        return parse(text).isPresent();
    }

    /** How one address can be written: its domain in ASCII and in Unicode, its local part without quotes that it does not need. */
    public static List<String> forms(String address) {
        int at = address.lastIndexOf('@');
        String quoted = address.substring(0, at);
        Matcher needless = NEEDLESSLY_QUOTED.matcher(quoted);
        String local = needless.matches() ? needless.group(1) : quoted;
        String domain = address.substring(at + 1);
        return List.of(local + "@" + HostName.toAscii(domain).orElse(domain), local + "@" + HostName.toUnicode(domain));
    }

    /**
     * Converts a mailbox to what stands in headers and in the envelope: an internationalised domain in its ASCII form, the
     * name without what is hostile.
     *
     * @param input the input that named it, for the failure's message
     * @throws ApplicationFailure final, when it is no address
     */
    static InternetAddress of(String input, Mailbox mailbox) {
        InternetAddress address = parse(mailbox.address())
                .orElseThrow(() -> ApplicationFailure.newNonRetryableFailure(
                        "The input " + input + " has an address that is not valid; give it as name@domain",
                        MailFailure.SMTP_REFUSED));
        String name = mailbox.name() == null ? "" : HostileText.neutralise(mailbox.name());
        return name.isEmpty() ? address : new NamedAddress(address.getAddress(), name);
    }

    /** Whether an address can only be sent with SMTPUTF8 (RFC 6531). */
    static boolean needsUtf8(InternetAddress address) {
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(address.getAddress());
    }

    private static Optional<InternetAddress> parse(String text) {
        int at = text.length() > LONGEST_LOOK ? -1 : text.lastIndexOf('@');
        if (at < 1) {
            return Optional.empty();
        }
        String local = text.substring(0, at);
        String given = text.substring(at + 1);
        if (HARMFUL.matcher(local).find() || HARMFUL_IN_DOMAIN.matcher(given).find()) {
            return Optional.empty();
        }
        return domain(given)
                .map(domain -> local + "@" + domain)
                .filter(address -> isShort(local, LONGEST_LOCAL_PART) && isShort(address, LONGEST))
                // a reader that decodes an encoded word (RFC 2047) sees another address in it
                .filter(address -> !local.contains(EncodedWords.MARK))
                .flatMap(MailAddress::strict);
    }

    private static Optional<String> domain(String domain) {
        if (LITERAL.matcher(domain).matches()) {
            return Optional.of(domain);
        }
        return HostName.toAscii(domain).filter(ascii -> ascii.indexOf('_') < 0);
    }

    private static boolean isShort(String text, int most) {
        return text.getBytes(StandardCharsets.UTF_8).length <= most;
    }

    private static Optional<InternetAddress> strict(String address) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(address, true);
            // the parser also takes lists, groups, comments and display names
            if (parsed.length != 1 || parsed[0].isGroup() || !address.equals(parsed[0].getAddress())) {
                return Optional.empty();
            }
            parsed[0].validate();
            return Optional.of(parsed[0]);
        } catch (AddressException notOne) {
            return Optional.empty();
        }
    }

    /** To be read, not to be answered: an empty group, as RFC 6857, section 3.1.4, has it. */
    static InternetAddress downgraded(InternetAddress address) {
        InternetAddress group = new InternetAddress();
        group.setAddress(EncodedWords.of(address.getAddress()) + " :;");
        return group;
    }
}
