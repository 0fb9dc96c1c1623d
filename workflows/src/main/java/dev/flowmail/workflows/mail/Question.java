package dev.flowmail.workflows.mail;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a decision mail asks of its one recipient.
 *
 * @param workflowId the workflow that waits for the answer
 * @param recipient the recipient's index in the request, from 0
 * @param generation how often it was given to somebody else: links of earlier generations are dead
 * @param outcomes what people read on each button, in order; a link names an outcome by its index here
 * @param deadline when the request ends by itself
 * @param comments whether the answer page asks for a comment
 * @param language BCP 47 tag of the request's language, e.g. {@code de-DE}
 * @param reminder 0 for the first mail, else the reminder's number
 * @param firstMailId the {@link Mail#id()} that a reminder refers to ({@code In-Reply-To}); null for a first mail
 * @param tones the colour of each button, by index; null when all are plain
 * @param agreement who must agree; null where one person is asked
 * @param code the fresh code that this mail brings; null for a mail that asks
 * @param asksForCode whether an answer without a code may be none; null, from an earlier release: no
 * @param timeZone IANA name of the zone in which the mail says times; null, from an earlier release: UTC
 */
public record Question(
        String workflowId,
        int recipient,
        int generation,
        List<String> outcomes,
        Instant deadline,
        Comments comments,
        String language,
        int reminder,
        @Nullable String firstMailId,
        @Nullable List<Tone> tones,
        @Nullable Agreement agreement,
        @Nullable Code code,
        @Nullable Boolean asksForCode,
        @Nullable String timeZone) {

    /** A question, not a code. */
    public Question(
            String workflowId,
            int recipient,
            int generation,
            List<String> outcomes,
            Instant deadline,
            Comments comments,
            String language,
            int reminder,
            @Nullable String firstMailId,
            @Nullable List<Tone> tones,
            @Nullable Agreement agreement,
            @Nullable String timeZone) {
        this(
                workflowId,
                recipient,
                generation,
                outcomes,
                deadline,
                comments,
                language,
                reminder,
                firstMailId,
                tones,
                agreement,
                null,
                null,
                timeZone);
    }

    /**
     * A fresh code for an answer to the one outcome that the question then has.
     *
     * @param nonce what the code is made of, with a key of the links
     * @param outcome index of the outcome among all that are offered
     */
    public record Code(String nonce, int outcome) {}

    /**
     * Who must agree.
     *
     * @param asked how many people are asked
     * @param needed how many of them must choose the same
     * @param veto index of the outcome of which one answer is enough; null when none that is offered is
     */
    public record Agreement(int asked, int needed, @Nullable Integer veto) {}

    /** The colour in which Flow's own player shows an outcome: a hint, never the only sign. */
    public enum Tone {
        RED,
        GREEN,
        BLUE,
        PURPLE,
        PLAIN
    }

    /** Whether the answer page asks for a comment. */
    public enum Comments {
        OFF,
        OPTIONAL,
        REQUIRED
    }

    /** The same question with these outcomes. */
    Question withOutcomes(List<String> labels) {
        return new Question(
                workflowId,
                recipient,
                generation,
                labels,
                deadline,
                comments,
                language,
                reminder,
                firstMailId,
                tones,
                agreement,
                code,
                asksForCode,
                timeZone);
    }
}
