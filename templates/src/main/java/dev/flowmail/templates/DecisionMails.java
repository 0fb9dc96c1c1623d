package dev.flowmail.templates;

import dev.flowmail.templates.DecisionMail.Link;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes decision mails: around the caller's part stand what is asked, one link per outcome and the deadline. */
public final class DecisionMails {

    /** Gmail cuts a mail off at about 102 kB: beyond this size the outcomes stand at the top as well. */
    private static final int LONGEST_SHOWN = 100_000;

    /** A caller's HTML beyond this size may be changed on its way so that it gets there. */
    private static final int LONG_HTML = 80_000;

    /** Stands for the caller's part while a template is filled; nothing that is escaped can look like it. */
    private static final String CALLERS_PART = "<!--caller-->";

    private static final String RULE = "-".repeat(40);

    private final Brand brand;
    private final Templates templates;
    private final Map<String, Accent> tones;

    /** Writes in a brand's name. */
    public DecisionMails(Brand brand) {
        this.brand = brand;
        this.templates = new Templates(brand);
        this.tones = Stream.of(Tone.values())
                .collect(Collectors.toMap(
                        tone -> tone.name().toLowerCase(Locale.ROOT), tone -> tone.accent(brand.accent())));
    }

    /** Writes what stands around the caller's part. */
    public RenderedMail render(DecisionMail mail) {
        String html = html(mail);
        int htmlAt = html.indexOf(CALLERS_PART);
        return new RenderedMail(
                text(mail),
                repeatsBody(mail) && mail.body().hasText() ? 0 : -1,
                htmlAt < 0 ? html : html.substring(0, htmlAt) + html.substring(htmlAt + CALLERS_PART.length()),
                htmlAt,
                brand.logo());
    }

    /** A reminder repeats the beginning only: what stands in a mail again is folded away by mail programs. */
    private static boolean repeatsBody(DecisionMail mail) {
        return mail.reminder() == 0;
    }

    private String text(DecisionMail mail) {
        Locale locale = brand.locale(mail.language());
        Words words = templates.words(locale);
        StringBuilder text = new StringBuilder();
        if (repeatsBody(mail) && mail.body().hasText()) {
            text.append("\n\n").append(RULE).append('\n');
        }
        text.append(heading(mail, words)).append("\n\n");
        text.append(words.text(key("mail.ask", mail), mail.from())).append('\n');
        if (!mail.subject().isBlank()) {
            text.append(words.text("mail.subject", mail.subject())).append('\n');
        }
        if (!repeatsBody(mail) && mail.body().hasText()) {
            text.append('\n').append(words.isolated(mail.body().beginning())).append('\n');
        }
        agreement(mail, words).forEach(line -> text.append(line).append('\n'));
        text.append('\n').append(choose(mail, words)).append("\n\n");
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
        text.append(words.text(key("mail.why", mail), mail.from()))
                .append(' ')
                .append(words.text("mail.personal"))
                .append('\n');
        text.append(words.text("mail.check"))
                .append(": ")
                .append(mail.checkAddress())
                .append('\n');
        List<String> footer = brand.footer(locale);
        if (!footer.isEmpty()) {
            text.append('\n').append(String.join("\n", footer)).append('\n');
        }
        if (!repeatsBody(mail)) {
            text.append('\n').append(last(mail, words)).append('\n');
        }
        return text.toString();
    }

    private static List<String> agreement(DecisionMail mail, Words words) {
        return mail.agreement() == null ? List.of() : mail.agreement().sentences(words);
    }

    private String html(DecisionMail mail) {
        Locale locale = brand.locale(mail.language());
        Map<String, Object> model = new HashMap<>();
        Words words = templates.words(locale);
        model.put("mail", mail);
        model.put("subject", words.line(mail.subject()));
        model.put("deadline", words.date(mail.deadline()));
        model.put("heading", heading(mail, words));
        model.put("choose", choose(mail, words));
        model.put("last", repeatsBody(mail) ? "" : last(mail, words));
        model.put("ask", words.html(key("mail.ask", mail), mail.from()));
        model.put("why", words.html(key("mail.why", mail), mail.from()));
        model.put("preheader", words.html(key("mail.preheader", mail), mail.from(), words.date(mail.deadline())));
        model.put("agreement", agreement(mail, words));
        model.put("repeatsBody", repeatsBody(mail));
        model.put(
                "buttons",
                mail.links().stream()
                        .map(link -> MailButton.of(link, brand.accent()))
                        .toList());
        model.put("darkButtons", darkButtons());
        model.put("letter", mail.body().isLetter() || !repeatsBody(mail));
        long bytes = repeatsBody(mail) ? mail.body().htmlBytes() : 0;
        model.put("callersPart", bytes == 0 ? "" : CALLERS_PART);
        boolean atTop = bytes > LONG_HTML;
        model.put("atTop", atTop);
        String rendered = templates.render("mail", locale, model);
        long size = rendered.getBytes(StandardCharsets.UTF_8).length + bytes;
        if (!atTop && size > LONGEST_SHOWN) {
            model.put("atTop", true);
            return templates.render("mail", locale, model);
        }
        return rendered;
    }

    /** One rule for each tone; {@code @} stands where the programs differ. */
    private String darkButtons() {
        return tones.entrySet().stream()
                .filter(tone -> !tone.getKey().equals("plain"))
                .map(tone -> "@.fm-" + tone.getKey() + " { background-color: "
                        + tone.getValue().dark() + " !important; border-color: "
                        + tone.getValue().dark() + " !important; }\n")
                .sorted()
                .collect(Collectors.joining());
    }

    private static String heading(DecisionMail mail, Words words) {
        return mail.reminder() == 0
                ? words.text(key("mail.heading", mail))
                : words.text(key("mail.reminder", mail), words.number(mail.reminder()));
    }

    /** What stands right before the answers. */
    private static String choose(DecisionMail mail, Words words) {
        return mail.reminder() == 0
                ? words.text(key("mail.choose", mail))
                : words.text(key("mail.choose.again", mail), words.number(mail.reminder()));
    }

    /** A reminder's last line: Gmail folds away how a mail ends when the one before in its thread ended alike, answers included. */
    private static String last(DecisionMail mail, Words words) {
        return words.text("mail.last", words.number(mail.reminder()));
    }

    /** Of the sentence for this many answers: one alone is no decision. */
    private static String key(String sentence, DecisionMail mail) {
        return mail.links().size() == 1 ? sentence + ".one" : sentence;
    }
}
