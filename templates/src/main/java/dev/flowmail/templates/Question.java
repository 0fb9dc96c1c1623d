package dev.flowmail.templates;

import dev.flowmail.templates.Page.Asked;
import dev.flowmail.templates.Page.Confirm;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What stands on the page that asks: the question, what pressing does, and what was wrong with the answer before. */
final class Question {
    /** In characters. */
    static final int LONGEST_COMMENT = 2000;

    /** Of a mail's text, in characters: so much leaves room for the buttons on a phone. */
    private static final int LONGEST_SHOWN = 240;

    private static final int MOST_LINES_SHOWN = 6;

    private final InstantSource clock;

    Question(InstantSource clock) {
        this.clock = clock;
    }

    Map<String, Object> model(Confirm page, Words words) {
        Asked asked = page.asked();
        Map<String, Object> model = new HashMap<>();
        model.put("page", page);
        model.put("subject", words.line(asked.subject()));
        model.put("text", TextBody.html(asked.words(), "<p dir=\"auto\">"));
        model.put("beginning", beginning(asked.words()));
        model.put("deadline", words.date(page.deadline(), clock.instant()));
        model.put("agreement", agreement(asked, words));
        model.put("longestComment", LONGEST_COMMENT);
        model.put("field", "");
        // that a code is on its way is nothing that the person did wrong
        model.put("isNews", page.problem() == Page.Problem.FRESH_SENT);
        model.put("asksOne", page.outcomes().size() == 1);
        model.put("warning", warning(page, words));
        if (page.standing() != null) {
            String answer = page.outcomes().get(page.standing().outcome()).label();
            ZonedDateTime until = page.standing().until();
            model.put("stands", words.html("change.stands", answer, until == null ? "" : words.date(until)));
        }
        if (page.problem() != null) {
            model.put("problem", words.text(BundleKey.of(page.problem()), words.number(LONGEST_COMMENT)));
            model.put("field", field(page.problem()));
        }
        return model;
    }

    /** What pressing does. */
    private static String warning(Confirm page, Words words) {
        if (page.standing() != null) {
            return words.text("change.warning");
        }
        if (page.hold() != null) {
            return words.text("confirm.warning.hold", words.duration(page.hold()));
        }
        return words.text(page.outcomes().size() == 1 ? "confirm.warning.one" : "confirm.warning");
    }

    /** The id of the field that is wrong; empty when none is. */
    private static String field(Page.Problem problem) {
        return switch (problem) {
            case COMMENT_MISSING, COMMENT_TOO_LONG -> "comment";
            case CODE_MISSING, CODE_WRONG, CODE_TOO_OFTEN, FRESH_SENT, FRESH_WRONG, FRESH_OVER, FRESH_SOON -> "code";
            case NOT_CHANGED_YET -> "";
        };
    }

    /** What shows of a text that is folded; empty when it is short enough to stand there as it is. */
    private static String beginning(String text) {
        boolean isShort = text.length() <= LONGEST_SHOWN && text.lines().count() <= MOST_LINES_SHOWN;
        return isShort
                ? ""
                : Words.cut(
                        Words.visible(text.substring(0, Math.min(text.length(), 2 * LONGEST_SHOWN))), LONGEST_SHOWN);
    }

    private static List<String> agreement(Asked asked, Words words) {
        Agreement agreement = asked.agreement();
        if (agreement == null) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>(agreement.sentences(words));
        sentences.add(words.text("confirm.answered", words.number(asked.answered()), words.number(agreement.asked())));
        return sentences;
    }
}
