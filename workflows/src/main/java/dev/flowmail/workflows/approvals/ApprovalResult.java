package dev.flowmail.workflows.approvals;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a workflow that has asked over Nexus is told. It is written in clear, so that every language reads it: nothing in it is
 * personal. People are named by their index in the request's {@code to}, from 0, after equal addresses were counted once.
 *
 * @param status {@code Decided}, {@code TimedOut}, {@code NoAgreement}, {@code Withdrawn} or {@code MailFailed}
 * @param outcome name of the outcome that holds: the decided one, or the timeout outcome; null when there is none
 * @param decidedBy index of the recipient whose answer decided; null when nobody's did
 * @param decidedAt when the request ended
 * @param answers every answer that stands, in order of arrival
 */
public record ApprovalResult(
        String status, @Nullable String outcome, @Nullable Integer decidedBy, Instant decidedAt, List<Answer> answers) {

    /**
     * One person's answer.
     *
     * @param recipient index of the person; a place that was given to somebody else keeps it
     * @param outcome name of the chosen outcome
     */
    public record Answer(int recipient, String outcome, Instant answeredAt) {}
}
