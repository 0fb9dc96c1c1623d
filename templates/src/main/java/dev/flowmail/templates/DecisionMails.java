package dev.flowmail.templates;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
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
        Locale locale = brand.locale(mail.language());
        DecisionWords words = new DecisionWords(mail, templates.words(locale));
        String html = html(mail, locale, words);
        int htmlAt = html.indexOf(CALLERS_PART);
        return new RenderedMail(
                new DecisionText(mail, words, brand.footer(locale)).written(),
                mail.repeatsBody() && mail.body().hasText() ? 0 : -1,
                htmlAt < 0 ? html : html.substring(0, htmlAt) + html.substring(htmlAt + CALLERS_PART.length()),
                htmlAt,
                brand.logo());
    }

    private String html(DecisionMail mail, Locale locale, DecisionWords sentences) {
        Map<String, Object> model = new HashMap<>();
        Words words = sentences.words();
        model.put("mail", mail);
        model.put("subject", words.line(mail.subject()));
        model.put("deadline", words.date(mail.deadline()));
        model.put("heading", sentences.heading());
        model.put("choose", sentences.choose());
        model.put("last", mail.repeatsBody() ? "" : sentences.last());
        model.put("ask", words.html(sentences.key("mail.ask"), mail.from()));
        model.put("why", words.html(sentences.key("mail.why"), mail.from()));
        model.put("preheader", words.html(sentences.key("mail.preheader"), mail.from(), words.date(mail.deadline())));
        model.put("agreement", sentences.agreement());
        model.put("repeatsBody", mail.repeatsBody());
        model.put(
                "buttons",
                mail.links().stream()
                        .map(link -> MailButton.of(link, brand.accent()))
                        .toList());
        model.put("darkButtons", darkButtons());
        model.put("letter", mail.body().isLetter() || !mail.repeatsBody());
        long bytes = mail.repeatsBody() ? mail.body().htmlBytes() : 0;
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
}
