package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;
import jakarta.mail.Address;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.internet.InternetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;

/**
 * One mail to some of its recipients (RFC 5321, section 3.3), and what the server says about each of them: the mail library
 * tells it by the chain of its exceptions.
 *
 * @param pending the recipients, as they are told apart and as they are written
 */
record Transaction(SmtpServer server, ComposedMail mail, Map<String, InternetAddress> pending) {

    /** The server's final word on each recipient. */
    Map<String, Reply> on(SmtpConnection connection) throws MessagingException {
        if (mail.needsUtf8() && !connection.supportsExtension("SMTPUTF8")) {
            return replies(Map.of(), Faults.noUtf8());
        }
        requireRoom(connection);
        try {
            connection.sendMessage(mail.message(), pending.values().toArray(Address[]::new));
            return replies(Map.of(), Reply.ACCEPTED);
        } catch (SMTPSendFailedException answered) {
            // with recipients in it the content was accepted, and the exception is about the others
            boolean sent = answered.getValidSentAddresses() != null && answered.getValidSentAddresses().length > 0;
            Reply whole = sent
                    ? Reply.ACCEPTED
                    : Reply.of(connection.stage(), answered.getReturnCode(), answered.getMessage());
            if (whole.accepts() && !sent) {
                throw answered;
            }
            return replies(repliesToRecipients(answered), whole);
        } catch (SendFailedException nobody) {
            Map<String, Reply> each = repliesToRecipients(nobody);
            if (each.isEmpty()) {
                throw nobody;
            }
            return replies(each, each.values().iterator().next());
        }
    }

    private void requireRoom(SmtpConnection connection) {
        String most = connection.getExtensionParameter("SIZE");
        if (most != null && most.matches("[1-9]\\d{0,17}") && Long.parseLong(most) < mail.size()) {
            throw Faults.tooLarge(server, most, mail.size());
        }
    }

    private Map<String, Reply> replies(Map<String, Reply> each, Reply others) {
        Map<String, Reply> replies = new LinkedHashMap<>();
        pending.forEach((address, sent) -> replies.put(address, each.getOrDefault(sent.getAddress(), others)));
        return replies;
    }

    private static Map<String, Reply> repliesToRecipients(MessagingException chain) {
        Map<String, Reply> replies = new HashMap<>();
        for (Exception link = chain;
                link instanceof MessagingException messaging;
                link = messaging.getNextException()) {
            if (link instanceof SMTPAddressFailedException failed) {
                replies.put(
                        failed.getAddress().getAddress(),
                        Reply.of(Stage.RCPT, failed.getReturnCode(), failed.getMessage()));
            }
        }
        return replies;
    }

    /** Says nothing: recipients stay out of logs. */
    @Override
    public String toString() {
        return "Transaction[...]";
    }
}
