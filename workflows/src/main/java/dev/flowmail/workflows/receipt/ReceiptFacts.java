package dev.flowmail.workflows.receipt;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a receipt tells of a request that has ended.
 *
 * @param decision the workflow's id
 * @param tenant Flow's tenant
 * @param state the running flow; null when the request named none
 * @param status how it ended: a value of {@code FlowmailStatus}
 * @param outcome the outcome that Flow is told; null for a fault
 * @param decidedBy address of the recipient whose answer decided; null when nobody's did
 * @param endedAt when it ended
 * @param answers every answer that stands, in order of arrival
 * @param rules by which it was decided
 * @param shown what was mailed, by recipient
 */
public record ReceiptFacts(
        String decision,
        String tenant,
        @Nullable String state,
        String status,
        @Nullable Outcome outcome,
        @Nullable String decidedBy,
        Instant endedAt,
        List<Answer> answers,
        Rules rules,
        List<Shown> shown) {

    /**
     * An outcome.
     *
     * @param developerName its name in the flow
     * @param label what people read
     */
    public record Outcome(String developerName, String label) {}

    /**
     * One person's answer.
     *
     * @param mailbox address to which the link was mailed
     * @param outcome developerName of the chosen outcome
     * @param at when
     * @param method how it was given: {@code button}, {@code code} or {@code proof}; operators give no answers
     * @param comment what the person wrote; only its hash enters the receipt; null when there is none
     * @param seen what the process that took the answer had seen of its link, in words that claim no more than an appearance;
     *     null when nothing
     */
    public record Answer(
            String mailbox,
            String outcome,
            Instant at,
            String method,
            @Nullable String comment,
            @Nullable String seen) {}

    /**
     * The rules.
     *
     * @param needed how many answers for one outcome
     * @param veto developerName of the outcome for which one answer is enough; null for none
     * @param deadline when the request would have ended by itself
     */
    public record Rules(int needed, @Nullable String veto, Instant deadline) {}

    /** What one recipient was mailed; the latest mail comes last. */
    public record Shown(String mailbox, List<MailHashes> mails) {}

    /** The status only. */
    @Override
    public String toString() {
        return "ReceiptFacts[" + status + "]";
    }
}
