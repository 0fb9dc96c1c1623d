package dev.flowmail.activities.smtp;

import dev.flowmail.activities.attachments.RequestFiles;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.templates.DecisionMail;
import dev.flowmail.templates.DecisionMail.Link;
import dev.flowmail.templates.HostileText;
import dev.flowmail.templates.Logo;
import dev.flowmail.templates.PlainText;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Gets a mail's two bodies: the caller's, or, when the mail asks for a decision, those with the links. */
final class Bodies {
    private final RequestFiles files;
    private final Function<DecisionLink, String> codes;
    private final Function<DecisionMail, RenderedMail> decisionMails;
    private final String decideUrl;

    Bodies(
            RequestFiles files,
            Function<DecisionLink, String> codes,
            Function<DecisionMail, RenderedMail> decisionMails,
            URI publicUrl) {
        this.files = files;
        this.codes = codes;
        this.decisionMails = decisionMails;
        this.decideUrl = publicUrl.toString().replaceAll("/+$", "") + "/decide/";
    }

    /**
     * A mail's bodies.
     *
     * @param html null when there is none
     * @param logo the picture that the HTML shows; null for none
     */
    record Body(
            String text, @Nullable String html, @Nullable Logo logo) {}

    Body of(Mail mail) throws IOException {
        String text = read(mail, mail.text());
        String html = read(mail, mail.html());
        if (mail.question() != null) {
            RenderedMail rendered = decisionMails.apply(decision(mail, mail.question(), text, html));
            return new Body(rendered.text(), rendered.html(), rendered.logo());
        }
        if (html == null) {
            return new Body(text == null ? "" : text, null, null);
        }
        return new Body(text == null ? PlainText.of(html) : text, html, null);
    }

    private DecisionMail decision(Mail mail, Question question, @Nullable String text, @Nullable String html) {
        return new DecisionMail(
                question.language(),
                HostileText.neutralise(mail.from().label()),
                HostileText.neutralise(mail.subject()),
                text,
                html,
                links(question),
                question.deadline(),
                question.reminder() > 0);
    }

    private List<Link> links(Question question) {
        List<String> outcomes = question.outcomes();
        return IntStream.range(0, outcomes.size())
                .mapToObj(outcome -> new Link(
                        outcomes.get(outcome),
                        decideUrl
                                + codes.apply(new DecisionLink(
                                        question.workflowId(),
                                        question.recipient(),
                                        question.generation(),
                                        outcome,
                                        outcomes.size(),
                                        question.comments()))))
                .toList();
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
