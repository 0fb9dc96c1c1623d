package dev.flowmail.verification.bench;

import dev.flowmail.servers.SmtpServer;
import dev.flowmail.verification.recipients.MailedCodes;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A mail server on 127.0.0.1 that accepts every mail as fast as it can, and says {@code mailed TIME ID LINK...} for each: the
 * local part of its recipient, and the decision links in it or {@code -}; of one that brings a fresh code, {@code code TIME ID
 * CODE}.
 */
final class SmtpSink extends SmtpServer {
    private static final Pattern LINK = Pattern.compile("https?://[^\\s\"<>]+/decide/[\\w.~-]+");

    private final Lines lines;

    SmtpSink(Lines lines) {
        this.lines = lines;
    }

    @Override
    protected void receive(Instant begun, String recipient, String source) {
        String mail = source.replace("\r\n", "\n");
        Optional<String> code = code(mail);
        lines.say(
                code.isPresent() ? "code" : "mailed",
                Clock.micros(),
                recipient.substring(0, Math.max(0, recipient.indexOf('@'))),
                code.orElseGet(() -> links(mail)));
    }

    /** The fresh code in a mail that brings one. */
    static Optional<String> code(String mail) {
        return MailedCodes.fresh(unbroken(mail));
    }

    /** Its lines are broken where quoted-printable breaks them (RFC 2045, 6.7). */
    private static String unbroken(String mail) {
        return mail.replace("=\n", "");
    }

    static String links(String mail) {
        String links = LINK.matcher(unbroken(mail))
                .results()
                .map(MatchResult::group)
                .distinct()
                .collect(Collectors.joining(" "));
        return links.isEmpty() ? "-" : links;
    }
}
