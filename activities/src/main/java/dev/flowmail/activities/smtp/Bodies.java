package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.activities.smtp.BodyPart.Piece;
import dev.flowmail.templates.CallerBodies;
import dev.flowmail.templates.CallerBody;
import dev.flowmail.templates.CodeMail;
import dev.flowmail.templates.DecisionMail;
import dev.flowmail.templates.DecisionMail.Link;
import dev.flowmail.templates.InlinePicture;
import dev.flowmail.templates.Logo;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.decision.TimeZones;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Gets a mail's two bodies: the caller's, or, when the mail asks for a decision, those with the links. What is large is made
 * once for all mails of a request, lies beside the request, and is read from there while a mail is sent.
 */
final class Bodies {
    private final RequestFiles files;
    private final MailedCodes codes;
    private final Function<DecisionMail, RenderedMail> decisionMails;
    private final Function<CodeMail, RenderedMail> codeMails;
    private final CallerBodies callerBodies;
    private final ComposingRoom room;
    private final String baseUrl;

    Bodies(
            RequestFiles files,
            MailedCodes codes,
            Function<DecisionMail, RenderedMail> decisionMails,
            Function<CodeMail, RenderedMail> codeMails,
            URI publicUrl) {
        this.files = files;
        this.codes = codes;
        this.decisionMails = decisionMails;
        this.codeMails = codeMails;
        this.callerBodies = new CallerBodies(publicUrl);
        this.room = ComposingRoom.SHARED;
        String base = publicUrl.toString();
        this.baseUrl = base + (base.endsWith("/") ? "" : "/");
    }

    /**
     * A mail's bodies.
     *
     * @param html null when there is none
     * @param pictures those that the HTML shows
     */
    record Body(BodyPart text, @Nullable BodyPart html, List<Picture> pictures) {}

    /** A picture within a mail, its content id without angle brackets. */
    record Picture(String contentId, String type, String fileName, Piece bytes) {

        static Picture of(InlinePicture picture) {
            return new Picture(picture.contentId(), picture.type(), picture.fileName(), Piece.of(picture.bytes()));
        }

        static Picture of(Logo logo) {
            return new Picture(logo.contentId(), logo.type(), logo.fileName(), Piece.of(logo.bytes()));
        }
    }

    Body of(Mail mail, Attempt attempt) throws IOException {
        Question question = mail.question();
        if (question != null && question.code() != null) {
            return fresh(mail, question, question.code());
        }
        KeptBody body = isLarge(mail) ? kept(mail, attempt) : KeptBody.of(made(mail));
        if (question == null) {
            return new Body(body.text(), body.isEmpty() ? null : body.html(), body.pictures());
        }
        RenderedMail around = decisionMails.apply(decision(mail, question, body.outline()));
        return new Body(
                BodyPart.of(around.text(), around.textAt(), body.text()),
                BodyPart.of(around.html(), around.htmlAt(), body.html()),
                Stream.concat(
                                Stream.ofNullable(around.logo()).map(Picture::of),
                                around.htmlAt() < 0 ? Stream.empty() : body.pictures().stream())
                        .toList());
    }

    private Body fresh(Mail mail, Question question, Question.Code code) {
        String holder = link(question, 0).holder();
        RenderedMail whole = codeMails.apply(new CodeMail(
                question.language(),
                callerBodies.line(mail.from().label()),
                callerBodies.line(mail.subject()),
                callerBodies.line(question.outcomes().get(0)),
                codes.fresh().code(code.nonce(), holder, code.outcome())));
        return new Body(BodyPart.of(whole.text()), BodyPart.of(whole.html()), List.of());
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
            attempt.mayDieOfIt(true);
            compose(mail, attempt, kept);
            attempt.mayDieOfIt(false);
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
            attempt.mayDieOfIt(false);
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

    private DecisionMail decision(Mail mail, Question question, CallerBody.Outline body) {
        DecisionLink first = link(question, 0);
        return new DecisionMail(
                question.language(),
                callerBodies.line(mail.from().label()),
                callerBodies.line(mail.subject()),
                body,
                links(question),
                question.deadline().atZone(TimeZones.of(question.timeZone())),
                question.reminder(),
                QuestionTerms.agreement(
                        question.agreement(),
                        outcome -> callerBodies.line(question.outcomes().get(outcome))),
                codes.page().apply(first),
                baseUrl + "check/" + codes.check().apply(first));
    }

    private List<Link> links(Question question) {
        List<String> outcomes = question.outcomes();
        return IntStream.range(0, outcomes.size())
                .mapToObj(outcome -> new Link(
                        callerBodies.line(outcomes.get(outcome)),
                        baseUrl + "decide/" + codes.link().apply(link(question, outcome)),
                        QuestionTerms.tone(question.tones(), outcome)))
                .toList();
    }

    private static DecisionLink link(Question question, int outcome) {
        return new DecisionLink(
                question.workflowId(),
                question.recipient(),
                question.generation(),
                outcome,
                question.outcomes().size(),
                question.comments(),
                Boolean.TRUE.equals(question.asksForCode()));
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
