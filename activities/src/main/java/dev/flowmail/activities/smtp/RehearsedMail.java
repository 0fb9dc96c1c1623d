package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.SmtpServer;
import java.time.Instant;
import java.util.List;

/** A decision mail that goes nowhere, of the kind that most are. */
final class RehearsedMail {

    private static final String REQUEST = "decision-" + "0".repeat(40);

    private RehearsedMail() {}

    static Mail make() {
        Mailbox somebody = new Mailbox("somebody@example.com", "Somebody");
        return new Mail(
                REQUEST + "/0.0/0",
                REQUEST,
                new SmtpServer("mail.example.com", 25, SmtpServer.Transport.PLAIN, null, null, null),
                somebody,
                null,
                List.of(somebody),
                List.of(),
                List.of(),
                "May I?",
                null,
                Content.inline("<p>May <b>I</b>?</p>"),
                List.of(),
                null,
                new Question(
                        REQUEST,
                        0,
                        0,
                        List.of("Approve", "Reject"),
                        Instant.now(),
                        Comments.OPTIONAL,
                        "en",
                        0,
                        null,
                        null,
                        null,
                        null),
                false);
    }
}
