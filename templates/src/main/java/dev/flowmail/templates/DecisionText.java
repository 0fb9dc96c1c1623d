package dev.flowmail.templates;

import dev.flowmail.templates.DecisionMail.Link;
import java.util.List;

/** The plain text of a decision mail, which stands behind the caller's part. */
final class DecisionText {
    private static final String RULE = "-".repeat(40);

    private final DecisionMail mail;
    private final DecisionWords sentences;
    private final List<String> footer;

    DecisionText(DecisionMail mail, DecisionWords sentences, List<String> footer) {
        this.mail = mail;
        this.sentences = sentences;
        this.footer = footer;
    }

    String written() {
        Words words = sentences.words();
        StringBuilder text = new StringBuilder();
        if (mail.repeatsBody() && mail.body().hasText()) {
            text.append("\n\n").append(RULE).append('\n');
        }
        text.append(sentences.heading()).append("\n\n");
        text.append(words.text(sentences.key("mail.ask"), mail.from())).append('\n');
        if (!mail.subject().isBlank()) {
            text.append(words.text("mail.subject", mail.subject())).append('\n');
        }
        if (!mail.repeatsBody() && mail.body().hasText()) {
            text.append('\n').append(words.isolated(mail.body().beginning())).append('\n');
        }
        sentences.agreement().forEach(line -> text.append(line).append('\n'));
        text.append('\n').append(sentences.choose()).append("\n\n");
        for (Link link : mail.links()) {
            text.append(words.isolated(link.label()))
                    .append(": ")
                    .append(link.address())
                    .append('\n');
        }
        text.append('\n')
                .append(words.text("mail.deadline", words.date(mail.deadline())))
                .append("\n\n");
        text.append(words.text("mail.confirm")).append('\n');
        text.append(words.text("mail.code", mail.code())).append("\n\n");
        text.append(words.text(sentences.key("mail.why"), mail.from()))
                .append(' ')
                .append(words.text("mail.personal"))
                .append('\n');
        text.append(words.text("mail.check"))
                .append(": ")
                .append(mail.checkAddress())
                .append('\n');
        if (!footer.isEmpty()) {
            text.append('\n').append(String.join("\n", footer)).append('\n');
        }
        if (!mail.repeatsBody()) {
            text.append('\n').append(sentences.last()).append('\n');
        }
        return text.toString();
    }
}
