package dev.flowmail.templates;

import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;

/**
 * A caller's HTML, made fit to stand in the same document as our links: parsed as browsers do, reduced to what shows
 * something, written out balanced.
 *
 * <p>Comments go too, conditional ones included: what Outlook makes of their inside cannot be balanced.
 *
 * @param content one {@code div} that holds the body
 * @param styles the style sheets' rules, each within that {@code div}; empty when there are none
 * @param text the same body as plain text
 */
record CallerHtml(String content, String styles, String text) {

    /** The class of a body that knows no dark mode: our style sheet keeps such a body on white. */
    static final String LIGHT_ONLY = "fm-caller";

    /** What runs over or casts a shadow stays within. */
    private static final String FENCE = "<div style=\"overflow:hidden\">";

    /** Parsers give up balancing at a depth of about 512, and our part of the mail needs some of that. */
    private static final int DEEPEST = 256;

    private static final Cleaner CLEANER = new Cleaner(AllowedHtml.safelist());

    static CallerHtml of(String html, DecideLinks decideLinks) {
        Document document = Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(DEEPEST));
        document.outputSettings().prettyPrint(false);

        CallerCss css = new CallerCss(decideLinks::in);
        document.select("style").forEach(style -> css.add(style.data()));
        boolean darkMode = css.knowsDarkMode()
                || document.select("meta[name=color-scheme]").attr("content").contains("dark");

        Element root = CallerRoot.of(document);
        document.body().appendChild(root);
        document.traverse(new Emptier());
        document.select("plaintext, xmp, listing, textarea").tagName("pre");

        Document clean = CLEANER.clean(document);
        clean.outputSettings().prettyPrint(false);
        clean.body().traverse(new Disarmer(decideLinks));
        DecideLinkRemover.clean(clean.body(), decideLinks);
        // an empty frameset leaves nothing
        Optional.ofNullable(clean.body().firstElementChild()).ifPresent(kept -> mark(kept, darkMode));
        return new CallerHtml(
                FENCE + clean.body().html() + "</div>",
                css.kept(),
                decideLinks.removedFrom(PlainText.of(clean.body())));
    }

    private static void mark(Element root, boolean darkMode) {
        root.addClass(CallerCss.SCOPE);
        if (!darkMode) {
            root.addClass(LIGHT_ONLY);
        }
    }
}
