package dev.flowmail.templates;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who must agree.
 *
 * @param asked how many people are asked
 * @param needed how many of them must choose the same
 * @param veto the outcome's label of which one answer is enough; null when there is none
 */
public record Agreement(int asked, int needed, @Nullable String veto) {

    /** In digits, a sentence each. */
    List<String> sentences(Words words) {
        List<String> sentences = new ArrayList<>();
        sentences.add(words.text(key(), words.number(asked), words.number(needed)));
        if (veto != null) {
            sentences.add(words.text("mail.veto", veto));
        }
        return sentences;
    }

    private String key() {
        if (asked == 1) {
            return "mail.agreement.single";
        }
        return needed == 1 ? "mail.agreement.one" : "mail.agreement";
    }
}
