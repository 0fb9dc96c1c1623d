package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.S3Bucket;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a request's mails are: the question, its reminders and fresh codes, each for one participant. */
final class Mails {

    private final DecisionRequest request;
    private final Deadline deadline;

    Mails(DecisionRequest request, Deadline deadline) {
        this.request = request;
        this.deadline = deadline;
    }

    Mail question(Participant participant) {
        return asking(participant, participant.mailId(), 0);
    }

    /** @param number from 1 */
    Mail reminder(Participant participant, int number) {
        return asking(participant, participant.mailId() + "/reminder-" + number, number);
    }

    Mail code(Participant participant, FreshCode code) {
        Question question = question(
                participant,
                List.of(request.choices().get(code.outcome()).label()),
                0,
                participant.mailId(),
                false,
                new Question.Code(code.nonce(), code.outcome()));
        return mail(participant.codeMailId(), participant, request.subject(), null, null, List.of(), null, question);
    }

    private Mail asking(Participant participant, String id, int reminder) {
        String letter = request.letter();
        Question question = request.choices().isEmpty()
                ? null
                : question(
                        participant,
                        letter != null
                                ? List.of()
                                : request.offered().stream().map(Choice::label).toList(),
                        reminder,
                        reminder == 0 ? null : participant.mailId(),
                        true,
                        null);
        return mail(
                id,
                participant,
                letter != null ? "" : request.subject(),
                request.text(),
                request.html(),
                letter != null ? List.of(Attachment.letter(letter)) : request.attachments(),
                request.bucket(),
                question);
    }

    private Question question(
            Participant participant,
            List<String> outcomes,
            int reminder,
            @Nullable String firstMailId,
            boolean asks,
            Question.@Nullable Code code) {
        return new Question(
                Run.id(),
                participant.index(),
                participant.generation(),
                outcomes,
                deadline.end(),
                request.rules().comments(),
                request.language(),
                reminder,
                firstMailId,
                asks ? request.tones() : null,
                asks ? request.agreement() : null,
                code,
                (asks && request.rules().mayAskForCode()) ? true : null,
                request.rules().timeZone());
    }

    private Mail mail(
            String id,
            Participant participant,
            String subject,
            @Nullable Content text,
            @Nullable Content html,
            List<Attachment> attachments,
            @Nullable S3Bucket bucket,
            @Nullable Question question) {
        return new Mail(
                id,
                Run.id(),
                request.server(),
                request.from(),
                request.replyTo(),
                List.of(participant.mailbox()),
                List.of(),
                List.of(),
                subject,
                text,
                html,
                attachments,
                bucket,
                question,
                false);
    }
}
