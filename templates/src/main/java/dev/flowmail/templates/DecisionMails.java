package dev.flowmail.templates;

import dev.flowmail.templates.DecisionMail.Link;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Writes decision mails: the caller's words, then what is asked, one link per outcome and the deadline. */
public final class DecisionMails {

    /** Gmail cuts a mail off at about 102 kB: beyond this size the outcomes stand at the top as well. */
    private static final int LONGEST_SHOWN = 100_000;

    /** A caller's HTML beyond this size may be changed on its way so that it gets there. */
    static final int LONG_HTML = 80_000;

    private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\\n\\t]]");
    private static final Pattern LINE_END = Pattern.compile("\\R");
    private static final Pattern EMPTY_LINES = Pattern.compile("\\n(?:[ \\t]*\\n)+");
    private static final String RULE = "-".repeat(40);

    private final Brand brand;
    private final Templates templates;
    private final DecideLinks decideLinks;

    /**
     * @param publicUrl the base of our own links, absolute; what a caller's body has of links to its {@code /decide} is
     *     removed
     */
    public DecisionMails(URI publicUrl) {
        this(publicUrl, Brand.FLOWMAIL);
    }

    /** As the other one, in a brand's name. */
    public DecisionMails(URI publicUrl, Brand brand) {
        this.brand = brand;
        this.templates = new Templates(brand);
        this.decideLinks = new DecideLinks(publicUrl);
    }

    /**
     * Writes one mail. Works without a body and with HTML however broken.
     *
     * <p>The caller's HTML keeps its look but for scripts, forms, comments and what else mail programs do not show; the
     * same body gives the text part when the request has no text.
     */
    public RenderedMail render(DecisionMail mail) {
        CallerHtml html = mail.html() == null || mail.html().isBlank() ? null : CallerHtml.of(mail.html(), decideLinks);
        String text = callersText(mail.text(), html);
        return new RenderedMail(text(mail, text), html(mail, html, text), brand.logo());
    }

    private String callersText(@Nullable String text, @Nullable CallerHtml html) {
        if (text != null && !text.isBlank()) {
            String lines = LINE_END.matcher(text).replaceAll("\n");
            return decideLinks
                    .removedFrom(CONTROLS.matcher(lines).replaceAll(""))
                    .stripTrailing();
        }
        return html == null ? "" : html.text();
    }

    private String text(DecisionMail mail, String callersText) {
        Locale locale = brand.locale(mail.language());
        Words words = templates.words(locale);
        StringBuilder text = new StringBuilder();
        if (!callersText.isEmpty()) {
            text.append(callersText).append("\n\n").append(RULE).append('\n');
        }
        text.append(words.text(heading(mail))).append("\n\n");
        text.append(words.text("mail.ask", mail.from())).append('\n');
        if (!mail.subject().isBlank()) {
            text.append(words.text("mail.subject", mail.subject())).append('\n');
        }
        text.append('\n').append(words.text(choose(mail))).append("\n\n");
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
        text.append(words.text("mail.personal")).append('\n');
        List<String> footer = brand.footer(locale);
        if (!footer.isEmpty()) {
            text.append('\n').append(String.join("\n", footer)).append('\n');
        }
        return text.toString();
    }

    private String html(DecisionMail mail, @Nullable CallerHtml html, String text) {
        Locale locale = brand.locale(mail.language());
        Map<String, Object> model = new HashMap<>();
        Words words = templates.words(locale);
        model.put("mail", mail);
        model.put("subject", words.line(mail.subject()));
        model.put("deadline", words.date(mail.deadline()));
        model.put("heading", heading(mail));
        model.put("choose", choose(mail));
        model.put("paragraphs", html == null ? paragraphs(text) : List.of());
        model.put("callerHtml", html == null ? "" : html.content());
        model.put("callerStyles", html == null ? List.of() : html.styles());
        boolean atTop = isLong(mail.html(), LONG_HTML) || (html != null && isLong(html.content(), LONG_HTML));
        model.put("atTop", atTop);
        String rendered = templates.render("mail", locale, model);
        if (!atTop && html != null && isLong(rendered, LONGEST_SHOWN)) {
            model.put("atTop", true);
            return templates.render("mail", locale, model);
        }
        return rendered;
    }

    private static List<List<String>> paragraphs(String text) {
        return EMPTY_LINES
                .splitAsStream(text)
                .filter(paragraph -> !paragraph.isBlank())
                .map(paragraph -> paragraph.lines().toList())
                .toList();
    }

    private static String heading(DecisionMail mail) {
        return mail.reminder() ? "mail.reminder" : "mail.heading";
    }

    private static String choose(DecisionMail mail) {
        return mail.links().size() == 1 ? "mail.choose.one" : "mail.choose";
    }

    private static boolean isLong(@Nullable String html, int bytes) {
        return html != null && html.getBytes(StandardCharsets.UTF_8).length > bytes;
    }
}
