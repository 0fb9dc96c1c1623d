package dev.flowmail.workflows.callback;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Flow is told when a request ends: an outcome with its outputs, or a fault. Exactly one of the two is set.
 *
 * @param flow whom to tell
 * @param outcome the outcome that the flow follows; null for a fault
 * @param fault why there is no outcome; null for an outcome
 * @param recipient address of the person whose answer decided; null when nobody decided
 * @param comment that person's comment; null when there is none
 * @param decidedAt when it was decided
 * @param answers every answer that was given, in order of arrival
 * @param ending how the request ended, as operators see it ({@code FlowmailStatus}); not told to Flow; null in histories of
 *     before it was kept
 * @param receipt the signed receipt, a compact JWS; null when there is none
 */
public record LateAnswer(
        FlowReference flow,
        @Nullable Outcome outcome,
        @Nullable Fault fault,
        @Nullable String recipient,
        @Nullable String comment,
        @Nullable Instant decidedAt,
        List<Answered> answers,
        @Nullable String ending,
        @Nullable String receipt) {

    /**
     * An outcome of the flow's message element.
     *
     * @param id Flow's id of it (a UUID)
     * @param developerName its name in the flow
     */
    public record Outcome(String id, String developerName) {}

    /**
     * A root fault.
     *
     * @param code {@code Timeout}, {@code NoAgreement}, {@code MailFailed} or {@code Withdrawn}
     * @param message one sentence in English; names no address
     */
    public record Fault(String code, String message) {}

    /** One person's answer: an object of the type {@code Answer}. */
    public record Answered(
            String recipient, String outcome, @Nullable String comment, Instant answeredAt) {

        /** Says nothing: answers stay out of logs. */
        @Override
        public String toString() {
            return "Answered[...]";
        }
    }

    /** The fault's code or the outcome's id. */
    @Override
    public String toString() {
        return "LateAnswer[" + (fault != null ? fault.code() : outcome != null ? outcome.id() : "") + "]";
    }
}
