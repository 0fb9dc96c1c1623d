package dev.flowmail.activities.smtp;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.MailedCodes;
import dev.flowmail.templates.CallerBodies;
import dev.flowmail.templates.CallerBody;
import dev.flowmail.templates.CodeMail;
import dev.flowmail.templates.DecisionMail;
import dev.flowmail.templates.DecisionMail.Link;
import dev.flowmail.templates.RenderedMail;
import dev.flowmail.workflows.decision.TimeZones;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import java.net.URI;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Mails that ask for a decision, or bring a fresh code for one: what they hold for their one recipient. */
final class QuestionMails {

    private final MailedCodes codes;
    private final Function<DecisionMail, RenderedMail> decisionMails;
    private final Function<CodeMail, RenderedMail> codeMails;
    private final CallerBodies callerBodies;
    private final String baseUrl;

    QuestionMails(
            MailedCodes codes,
            Function<DecisionMail, RenderedMail> decisionMails,
            Function<CodeMail, RenderedMail> codeMails,
            CallerBodies callerBodies,
            URI publicUrl) {
        this.codes = codes;
        this.decisionMails = decisionMails;
        this.codeMails = codeMails;
        this.callerBodies = callerBodies;
        String base = publicUrl.toString();
        this.baseUrl = base + (base.endsWith("/") ? "" : "/");
    }

    /** The question, around the caller's own body. */
    RenderedMail around(CallerBody.Outline body, Mail mail, Question question) {
        DecisionLink first = link(question, 0);
        return decisionMails.apply(new DecisionMail(
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
                baseUrl + "check/" + codes.check().apply(first)));
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

    /** The mail that brings a fresh code. */
    RenderedMail code(Mail mail, Question question, Question.Code code) {
        String holder = link(question, 0).holder();
        return codeMails.apply(new CodeMail(
                question.language(),
                callerBodies.line(mail.from().label()),
                callerBodies.line(mail.subject()),
                callerBodies.line(question.outcomes().get(0)),
                codes.fresh().code(code.nonce(), holder, code.outcome())));
    }
}
