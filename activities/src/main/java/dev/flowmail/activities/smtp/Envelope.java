package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import jakarta.mail.internet.InternetAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who a mail is from and for.
 *
 * @param replyTo where answers go; null when they go to the author
 * @param recipients all of them, by the address as the request gave it; equal ones stand once
 */
record Envelope(
        InternetAddress from,
        @Nullable InternetAddress replyTo,
        List<InternetAddress> to,
        List<InternetAddress> cc,
        Map<String, InternetAddress> recipients) {

    /** @throws io.temporal.failure.ApplicationFailure final, when an address is not valid */
    static Envelope of(Mail mail) {
        Map<String, InternetAddress> recipients = new LinkedHashMap<>();
        InternetAddress from = MailAddress.of("From", mail.from());
        @Nullable InternetAddress replyTo = mail.replyTo() == null ? null : MailAddress.of("Reply To", mail.replyTo());
        List<InternetAddress> to = addresses("To", mail.to(), recipients);
        List<InternetAddress> cc = addresses("To (CC)", mail.cc(), recipients);
        addresses("To (BCC)", mail.bcc(), recipients);
        return new Envelope(from, replyTo, to, cc, recipients);
    }

    private static List<InternetAddress> addresses(
            String input, List<Mailbox> mailboxes, Map<String, InternetAddress> recipients) {
        return mailboxes.stream()
                .map(mailbox -> {
                    InternetAddress address = MailAddress.of(input, mailbox);
                    if (recipients.keySet().stream().noneMatch(mailbox.address()::equalsIgnoreCase)) {
                        recipients.put(mailbox.address(), address);
                    }
                    return address;
                })
                .toList();
    }

    /** The recipients, of those that are chosen, who can only be reached with SMTPUTF8 (RFC 6531), or the others. */
    Map<String, InternetAddress> recipients(boolean utf8, Predicate<String> chosen) {
        boolean all = MailAddress.needsUtf8(from);
        return recipients.entrySet().stream()
                .filter(recipient -> chosen.test(recipient.getKey()))
                .filter(recipient -> utf8 == (all || MailAddress.needsUtf8(recipient.getValue())))
                .collect(Collectors.toMap(
                        Map.Entry::getKey, Map.Entry::getValue, (first, second) -> first, LinkedHashMap::new));
    }
}
