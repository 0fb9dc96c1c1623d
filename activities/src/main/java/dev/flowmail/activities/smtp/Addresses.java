package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.MailFailure;
import dev.flowmail.workflows.mail.Mailbox;
import io.temporal.failure.ApplicationFailure;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.io.UnsupportedEncodingException;
import java.net.IDN;
import java.nio.charset.StandardCharsets;

/** Turns mailboxes into addresses that can stand in headers and in the envelope. */
final class Addresses {

    private Addresses() {}

    /**
     * Checks and converts a mailbox: an internationalised domain becomes its ASCII form (RFC 5890), the name loses what
     * is hostile.
     *
     * @param input the input that named it, for the failure's message
     * @throws ApplicationFailure final, when it is no address
     */
    static InternetAddress of(String input, Mailbox mailbox) {
        try {
            InternetAddress address = parse(mailbox.address());
            String name = mailbox.name() == null ? "" : HostileText.neutralise(mailbox.name());
            if (!name.isEmpty()) {
                address.setPersonal(name, StandardCharsets.UTF_8.name());
            }
            return address;
        } catch (AddressException | IllegalArgumentException notAnAddress) {
            // the cause repeats the address, and causes are logged
            throw ApplicationFailure.newNonRetryableFailure(
                    "The input " + input + " has an address that is not valid; give it as name@domain",
                    MailFailure.SMTP_REFUSED);
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Whether an address can only be sent with SMTPUTF8 (RFC 6531). */
    static boolean needsUtf8(InternetAddress address) {
        return !StandardCharsets.US_ASCII.newEncoder().canEncode(address.getAddress());
    }

    private static InternetAddress parse(String text) throws AddressException {
        int at = text.lastIndexOf('@');
        if (at < 1 || HostileText.isIn(text)) {
            throw new AddressException("Illegal address");
        }
        String domain = text.substring(at + 1);
        String ascii = domain.startsWith("[") ? domain : IDN.toASCII(domain);
        String address = text.substring(0, at + 1) + ascii;
        InternetAddress parsed = new InternetAddress(address, true);
        // the parser also takes lists, groups, comments and display names
        if (!address.equals(parsed.getAddress()) || parsed.isGroup()) {
            throw new AddressException("Illegal address");
        }
        return parsed;
    }
}
