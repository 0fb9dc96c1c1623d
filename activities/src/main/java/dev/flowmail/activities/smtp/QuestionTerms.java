package dev.flowmail.activities.smtp;

import dev.flowmail.templates.Agreement;
import dev.flowmail.templates.Tone;
import dev.flowmail.workflows.mail.Question;
import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a question says, in the terms of mails and pages. */
public final class QuestionTerms {

    private QuestionTerms() {}

    /**
     * Who must agree; null where one answer is enough.
     *
     * @param label what the mail or page calls the outcome with that index
     */
    public static @Nullable Agreement agreement(Question.@Nullable Agreement agreement, IntFunction<String> label) {
        if (agreement == null) {
            return null;
        }
        Integer veto = agreement.veto();
        return new Agreement(agreement.asked(), agreement.needed(), veto == null ? null : label.apply(veto));
    }

    /**
     * The tone of one outcome.
     *
     * @param tones by index; null where all are plain
     */
    public static Tone tone(@Nullable List<Question.Tone> tones, int outcome) {
        return tones == null ? Tone.PLAIN : Tone.valueOf(tones.get(outcome).name());
    }
}
