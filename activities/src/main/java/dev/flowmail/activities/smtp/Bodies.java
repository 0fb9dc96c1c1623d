package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.templates.CallerBodies;
import dev.flowmail.templates.CallerBody;
import dev.flowmail.templates.CodeMail;
import dev.flowmail.templates.DecisionMail;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gets a mail's two bodies: the caller's, or, when the mail asks for a decision, those with the links. What is large is made
 * once for all mails of a request, lies beside the request, and is read from there while a mail is sent.
 */
final class Bodies {
    private final RequestFiles files;
    private final QuestionMails questions;
    private final CallerBodies callerBodies;
    private final ComposingRoom room;

    Bodies(
            RequestFiles files,
            MailedCodes codes,
            Function<DecisionMail, RenderedMail> decisionMails,
            Function<CodeMail, RenderedMail> codeMails,
            URI publicUrl) {
        this.files = files;
        this.callerBodies = new CallerBodies(publicUrl);
        this.questions = new QuestionMails(codes, decisionMails, codeMails, callerBodies, publicUrl);
        this.room = ComposingRoom.SHARED;
    }

    /**
     * A mail's bodies.
     *
     * @param html null when there is none
     * @param pictures those that the HTML shows
     */
    record Body(BodyPart text, @Nullable BodyPart html, List<Picture> pictures) {}

    Body of(Mail mail, Attempt attempt) throws IOException {
        Question question = mail.question();
        if (question != null && question.code() != null) {
            RenderedMail code = questions.code(mail, question, question.code());
            return new Body(BodyPart.of(code.text()), BodyPart.of(code.html()), List.of());
        }
        KeptBody body = isLarge(mail) ? kept(mail, attempt) : KeptBody.of(made(mail));
        if (question == null) {
            return new Body(body.text(), body.isEmpty() ? null : body.html(), body.pictures());
        }
        RenderedMail around = questions.around(body.outline(), mail, question);
        return new Body(
                BodyPart.of(around.text(), around.textAt(), body.text()),
                BodyPart.of(around.html(), around.htmlAt(), body.html()),
                Stream.concat(
                                Stream.ofNullable(around.logo()).map(Picture::of),
                                around.htmlAt() < 0 ? Stream.empty() : body.pictures().stream())
                        .toList());
    }

    private static boolean isLarge(Mail mail) {
        return isStored(mail.text()) || isStored(mail.html());
    }

    private static boolean isStored(@Nullable Content content) {
        return content != null && content.stored() != null;
    }

    private KeptBody kept(Mail mail, Attempt attempt) throws IOException {
        String identity =
                KeptBody.VERSION + " " + (mail.question() != null) + " " + name(mail.text()) + " " + name(mail.html());
        String file = files.make(mail.requestId(), identity, kept -> {
            // before it waits for room: Temporal's client holds back what is noted later
            attempt.deaths().mayDieOfIt(true);
            compose(mail, attempt, kept);
            attempt.deaths().mayDieOfIt(false);
        });
        return KeptBody.in(() -> files.open(mail.requestId(), file));
    }

    private void compose(Mail mail, Attempt attempt, OutputStream kept) throws IOException {
        try {
            room.within(size(mail, mail.text()) + size(mail, mail.html()), attempt, () -> {
                String html = read(mail, mail.html());
                room.requireReasonable(html);
                KeptBody.write(made(mail.question() != null, read(mail, mail.text()), html), kept);
            });
        } catch (ApplicationFailure noRoom) {
            attempt.deaths().mayDieOfIt(false);
            throw noRoom;
        }
    }

    private long size(Mail mail, @Nullable Content content) throws IOException {
        if (content == null) {
            return 0;
        }
        return content.stored() == null
                ? String.valueOf(content.text()).length()
                : files.describe(mail.requestId(), content.stored()).size();
    }

    private static String name(@Nullable Content content) {
        return content == null ? "" : String.valueOf(content.stored() == null ? content.text() : content.stored());
    }

    private CallerBody made(Mail mail) throws IOException {
        return made(mail.question() != null, read(mail, mail.text()), read(mail, mail.html()));
    }

    private CallerBody made(boolean asks, @Nullable String text, @Nullable String html) {
        return asks ? callerBodies.of(text, html) : CallerBodies.plain(text, html);
    }

    private @Nullable String read(Mail mail, @Nullable Content content) throws IOException {
        if (content == null) {
            return null;
        }
        if (content.stored() == null) {
            return content.text();
        }
        try (InputStream bytes = files.open(mail.requestId(), content.stored())) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
