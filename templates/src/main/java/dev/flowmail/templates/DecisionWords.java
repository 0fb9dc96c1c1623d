package dev.flowmail.templates;

import java.util.List;

/** The sentences of one decision mail or reminder, which its text and its HTML share. */
record DecisionWords(DecisionMail mail, Words words) {

    List<String> agreement() {
        return mail.agreement() == null ? List.of() : mail.agreement().sentences(words);
    }

    String heading() {
        return mail.reminder() == 0
                ? words.text(key("mail.heading"))
                : words.text(key("mail.reminder"), words.number(mail.reminder()));
    }

    /** What stands right before the answers. */
    String choose() {
        return mail.reminder() == 0
                ? words.text(key("mail.choose"))
                : words.text(key("mail.choose.again"), words.number(mail.reminder()));
    }

    /** A reminder's last line: Gmail folds away how a mail ends when the one before in its thread ended alike, answers included. */
    String last() {
        return words.text("mail.last", words.number(mail.reminder()));
    }

    /** Of the sentence for this many answers: one alone is no decision. */
    String key(String sentence) {
        return mail.links().size() == 1 ? sentence + ".one" : sentence;
    }
}
