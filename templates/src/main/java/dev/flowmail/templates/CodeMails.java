package dev.flowmail.templates;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Writes the mails that bring a fresh code: nothing of the caller's stands in them but who asks, about what, and the answer. */
public final class CodeMails {

    private final Brand brand;
    private final Templates templates;

    /** Writes in a brand's name. */
    public CodeMails(Brand brand) {
        this.brand = brand;
        this.templates = new Templates(brand);
    }

    /** Both parts, whole. */
    public RenderedMail render(CodeMail mail) {
        Locale locale = brand.locale(mail.language());
        Words words = templates.words(locale);
        Map<String, Object> model = new HashMap<>();
        model.put("mail", mail);
        model.put("subject", words.line(mail.subject()));
        return new RenderedMail(text(mail, words, brand.footer(locale)), templates.render("code-mail", locale, model));
    }

    private static String text(CodeMail mail, Words words, List<String> footer) {
        StringBuilder text = new StringBuilder(words.text("fresh.heading")).append("\n\n");
        text.append(words.text("fresh.answer", mail.from(), mail.outcome())).append('\n');
        if (!mail.subject().isBlank()) {
            text.append(words.text("mail.subject", mail.subject())).append('\n');
        }
        text.append('\n').append(words.text("fresh.code", mail.code())).append("\n\n");
        text.append(words.text("fresh.valid")).append('\n');
        text.append(words.text("fresh.not-you")).append('\n');
        if (!footer.isEmpty()) {
            text.append('\n').append(String.join("\n", footer)).append('\n');
        }
        return text.toString();
    }
}
