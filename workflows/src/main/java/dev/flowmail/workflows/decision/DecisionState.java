package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide.Visits;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Agreement;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.Question.Tone;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to the query {@code state}: all that the recipients' pages and the operators' tools need.
 *
 * @param status where the request stands; {@code CALLBACK_FAILED} is told by {@code callback}, not here
 * @param from who asks
 * @param choices what people read on each button, in order, and the labels of hidden choices behind them
 * @param deadline when the request ends by itself
 * @param language BCP 47 tag
 * @param people the recipients, by index
 * @param outcome index of the choice that holds; null while there is none
 * @param decidedBy index of the recipient whose answer decided; null when nobody's did
 * @param endedAt when the request was decided or ended otherwise, perhaps held; null while it waits
 * @param callback whether Flow knows
 * @param callbackError why Flow refused the answer for good; null when it has not, and once Flow has been told
 * @param wayBack absolute http(s) address of the page that leads back into the flow; null when there is none (yet)
 * @param flowSaid what Flow answered when it took the answer, e.g. {@code FORWARD} or {@code WAIT}; null before, and when it
 *     said nothing
 * @param flowHadBeenAnswered whether Flow had gone on by another answer than this one; null before
 * @param offered how many of the choices have a button; null, from an earlier release: all
 * @param tones the colour of each button, by index; null when all are plain
 * @param afterAnswer where the deciding answer leads; null, from an earlier release: to a page
 * @param receipt the signed receipt; null before the end, and where there is none
 * @param confirmation what a submission needs to count; null, from an earlier release: nothing more
 * @param proof the choices that need a fresh code; null when none does
 * @param excerpt what the page shows of the mail; null once nobody may answer any more, and from an earlier release
 * @param agreement who must agree; null where one person is asked, and from an earlier release
 * @param reason why an operator withdrew the request, in their words; null when nobody did or said
 * @param timeZone IANA name of the zone in which people read times; null, from an earlier release: UTC
 * @param hold how long whoever gives the deciding answer may change it; null for not at all
 * @param held who may change it now; null while nothing is held
 */
public record DecisionState(
        Status status,
        Mailbox from,
        String subject,
        List<String> choices,
        Instant deadline,
        String language,
        Comments comments,
        List<Person> people,
        @Nullable Integer outcome,
        @Nullable Integer decidedBy,
        @Nullable Instant endedAt,
        CallbackStatus callback,
        @Nullable String callbackError,
        @Nullable String wayBack,
        @Nullable String flowSaid,
        @Nullable Boolean flowHadBeenAnswered,
        @Nullable Integer offered,
        @Nullable List<Tone> tones,
        @Nullable AfterAnswer afterAnswer,
        @Nullable String receipt,
        @Nullable Confirmation confirmation,
        @Nullable List<Integer> proof,
        @Nullable Excerpt excerpt,
        @Nullable Agreement agreement,
        @Nullable String reason,
        @Nullable String timeZone,
        @Nullable Duration hold,
        @Nullable Held held) {

    /**
     * The request is decided, and Flow is not told yet.
     *
     * @param giver index of the one recipient who may change their answer
     * @param until when Flow is told
     */
    public record Held(int giver, Instant until) {}

    /** One recipient: who it is now. */
    public record Person(
            Mailbox mailbox,
            int generation,
            MailStatus mail,
            @Nullable String mailError,
            @Nullable Given answer,
            int signals,
            @Nullable AwaitedCode code) {

        /** Of whom no code is awaited. */
        public Person(
                Mailbox mailbox,
                int generation,
                MailStatus mail,
                @Nullable String mailError,
                @Nullable Given answer,
                int signals) {
            this(mailbox, generation, mail, mailError, answer, signals, null);
        }
    }

    /**
     * The fresh code that a person was mailed last.
     *
     * @param outcome index of the choice that it is for
     * @param nonce its hash's salt
     * @param askedAt when it was asked for
     * @param wrong how often another one was typed
     */
    public record AwaitedCode(int outcome, String nonce, Instant askedAt, int wrong) {

        /** From when on the next one may be mailed. */
        public static final Duration PAUSE = Duration.ofMinutes(1);

        /** How long a code is good for. */
        public static final Duration LIFE = Duration.ofMinutes(10);

        private static final int MOST_WRONG = 5;

        /** Whether it is too late for this code, or too often another one was typed. */
        public boolean isOver(Instant now) {
            return wrong >= MOST_WRONG || !now.isBefore(askedAt.plus(LIFE));
        }

        /** Whether another one may be mailed. */
        public boolean mayBeReplaced(Instant now) {
            return !now.isBefore(askedAt.plus(PAUSE));
        }
    }

    /**
     * An answer that stands: a person's first, or what they changed it to.
     *
     * @param outcome index of the choice
     * @param manner how it was given; null for a press of a button of which nothing more is known
     */
    public record Given(
            int outcome,
            @Nullable String comment,
            Instant at,
            @Nullable Visits visits,
            @Nullable Manner manner) {

        /** By a button, of which nothing more is known. */
        public Given(int outcome, @Nullable String comment, Instant at, @Nullable Visits visits) {
            this(outcome, comment, at, visits, null);
        }

        /** How it was given: one of the constants of {@link Manner}. */
        String method() {
            return manner == null ? Manner.BUTTON : manner.method();
        }
    }

    /** Whether a person's mail has gone out. */
    public enum MailStatus {
        SENDING,
        SENT,
        FAILED
    }

    /** Whether Flow knows how the request ended. */
    public enum CallbackStatus {
        /** The request has not ended, or Flow does not wait for an answer. */
        NONE,
        /** On its way; retried until Flow takes it. */
        PENDING,
        /** Flow has it; or a workflow has asked, which gets the result of the run. */
        REACHED,
        /** Flow refused it for good; an operator can retry. */
        FAILED
    }

    /** What people read on each button, in order. */
    public List<String> buttons() {
        return offered == null ? choices : choices.subList(0, offered);
    }

    /** Whether a choice needs a fresh code. */
    public boolean needsProof(int choice) {
        return proof != null && proof.contains(choice);
    }

    /** Whether nobody may answer any more; whoever gave the answer that is held may change it. */
    public boolean hasEnded() {
        return endedAt != null;
    }

    /** The same without what the page shows of the mail: small enough to be remembered for long. */
    public DecisionState withoutExcerpt() {
        return with(callback, callbackError, wayBack, flowSaid, flowHadBeenAnswered, null);
    }

    /** The same once Flow has taken the answer: what the workflow will tell as soon as it knows. */
    public DecisionState after(Reached reached) {
        return with(
                CallbackStatus.REACHED,
                null,
                reached.wayBack(),
                reached.invokeType(),
                reached.hadBeenAnswered(),
                excerpt);
    }

    private DecisionState with(
            CallbackStatus told,
            @Nullable String error,
            @Nullable String way,
            @Nullable String said,
            @Nullable Boolean hadBeenAnswered,
            @Nullable Excerpt shown) {
        return new DecisionState(
                status,
                from,
                subject,
                choices,
                deadline,
                language,
                comments,
                people,
                outcome,
                decidedBy,
                endedAt,
                told,
                error,
                way,
                said,
                hadBeenAnswered,
                offered,
                tones,
                afterAnswer,
                receipt,
                confirmation,
                proof,
                shown,
                agreement,
                reason,
                timeZone,
                hold,
                held);
    }
}
