package dev.flowmail.templates;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;
import org.jsoup.select.NodeVisitor;

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

    /** How our own classes begin, in any case: a caller's elements have none of them. */
    private static final String OURS = "fm-";

    private static final List<String> SPACING = List.of("margin", "padding");
    private static final Set<String> SHOWS_NOTHING = Set.of(
            "script",
            "template",
            "noframes",
            "noembed",
            "iframe",
            "frameset",
            "object",
            "applet",
            "svg",
            "math",
            "audio",
            "video",
            "canvas",
            "select",
            "datalist",
            "head",
            "style",
            "input");

    /** Parsers give up balancing at a depth of about 512, and our part of the mail needs some of that. */
    private static final int DEEPEST = 256;

    /**
     * Where parts of tables may stand. Anywhere else they would end our own cell, in which the caller's part lies: parsers make
     * them there within elements that are then taken out.
     */
    private static final Map<String, Set<String>> PARTS_OF_TABLES = Map.of(
            "caption", Set.of("table"),
            "colgroup", Set.of("table"),
            "col", Set.of("colgroup"),
            "thead", Set.of("table"),
            "tbody", Set.of("table"),
            "tfoot", Set.of("table"),
            "tr", Set.of("table", "thead", "tbody", "tfoot"),
            "td", Set.of("tr"),
            "th", Set.of("tr"));

    private static final Cleaner CLEANER = new Cleaner(safelist());

    static CallerHtml of(String html, DecideLinks decideLinks) {
        Document document = Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(DEEPEST));
        document.outputSettings().prettyPrint(false);

        CallerCss css = new CallerCss(decideLinks::in);
        document.select("style").forEach(style -> css.add(style.data()));
        boolean darkMode = css.knowsDarkMode()
                || document.select("meta[name=color-scheme]").attr("content").contains("dark");

        Element root = moveBodyInto(new Element("div"), document);
        document.body().appendChild(root);
        document.traverse(new Emptier());
        document.select("plaintext, xmp, listing, textarea").tagName("pre");

        Document clean = CLEANER.clean(document);
        clean.outputSettings().prettyPrint(false);
        clean.body().traverse((node, depth) -> disarm(node, decideLinks));
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

    /** The body's own look, language and direction go along with its content; our part of the mail stands outside. */
    private static Element moveBodyInto(Element root, Document document) {
        Element body = document.body();
        for (String name : List.of("lang", "dir")) {
            String value = body.hasAttr(name)
                    ? body.attr(name)
                    : documentElement(document).attr(name);
            if (!value.isBlank()) {
                root.attr(name, value);
            }
        }
        if (!root.hasAttr("dir")) {
            root.attr("dir", "auto");
        }
        root.attr("class", body.attr("class"));
        StringBuilder style = new StringBuilder();
        String own = body.attr("style").toLowerCase(Locale.ROOT);
        if (SPACING.stream().noneMatch(own::contains)) {
            // as much as browsers keep around a body that does not say otherwise
            appendDeclaration(style, "padding", "8px");
        }
        appendDeclaration(style, "background-color", body.attr("bgcolor"));
        appendDeclaration(style, "color", body.attr("text"));
        style.append(body.attr("style"));
        if (!style.isEmpty()) {
            root.attr("style", style.toString());
        }
        // all at once: one by one each would have the others counted anew
        root.insertChildren(0, body.childNodes());
        return root;
    }

    private static Element documentElement(Document document) {
        Element element = document.firstElementChild();
        return element == null ? document : element;
    }

    private static void appendDeclaration(StringBuilder style, String property, String value) {
        if (!value.isBlank() && value.chars().noneMatch(character -> character == ';')) {
            style.append(property).append(':').append(value).append(';');
        }
    }

    private static void disarm(Node node, DecideLinks decideLinks) {
        if (node instanceof DataNode raw) {
            // what plaintext or xmp held would be written out unescaped
            raw.replaceWith(new TextNode(raw.getWholeData()));
        } else if (node instanceof Element element) {
            if (isStray(element)) {
                element.tagName("div");
            }
            element.classNames().stream()
                    .filter(name -> name.toLowerCase(Locale.ROOT).startsWith(OURS))
                    .forEach(element::removeClass);
            if (element.hasAttr("style")) {
                element.attr("style", CallerCss.declarations(element.attr("style"), decideLinks::in));
            }
            element.attributes().asList().stream()
                    .filter(attribute -> decideLinks.in(attribute.getValue()))
                    .map(attribute -> attribute.getKey().toLowerCase(Locale.ROOT))
                    .toList()
                    .forEach(element::removeAttr);
        }
    }

    private static boolean isStray(Element element) {
        Set<String> homes = PARTS_OF_TABLES.get(element.normalName());
        Element parent = element.parent();
        return homes != null && (parent == null || !homes.contains(parent.normalName()));
    }

    /**
     * Leaves nothing of what shows nothing. In its place, since to take out one element among many moves all the others: as
     * elements that the cleaner drops.
     */
    private static final class Emptier implements NodeVisitor {

        private int inside;

        @Override
        public void head(Node node, int depth) {
            if (node instanceof Element element) {
                inside += SHOWS_NOTHING.contains(element.normalName()) || inside > 0 ? 1 : 0;
            } else if (inside > 0 && node instanceof TextNode words) {
                words.text("");
            } else if (inside > 0 && node instanceof DataNode raw) {
                raw.setWholeData("");
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (inside > 0 && node instanceof Element element) {
                element.tagName("script");
                inside--;
            }
        }
    }

    private static Safelist safelist() {
        return new Safelist()
                .addTags(
                        "a",
                        "abbr",
                        "acronym",
                        "address",
                        "article",
                        "aside",
                        "b",
                        "bdi",
                        "bdo",
                        "big",
                        "blockquote",
                        "br")
                .addTags(
                        "caption",
                        "center",
                        "cite",
                        "code",
                        "col",
                        "colgroup",
                        "dd",
                        "del",
                        "dfn",
                        "div",
                        "dl",
                        "dt",
                        "em")
                .addTags(
                        "figcaption",
                        "figure",
                        "font",
                        "footer",
                        "h1",
                        "h2",
                        "h3",
                        "h4",
                        "h5",
                        "h6",
                        "header",
                        "hr",
                        "i")
                .addTags("img", "ins", "kbd", "li", "mark", "nav", "ol", "p", "pre", "q", "s", "samp", "section")
                .addTags(
                        "small", "span", "strike", "strong", "sub", "sup", "table", "tbody", "td", "tfoot", "th",
                        "thead")
                .addTags("time", "tr", "tt", "u", "ul", "var", "wbr")
                .addAttributes(":all", "class", "id", "style", "title", "lang", "dir", "align", "valign", "bgcolor")
                .addAttributes(":all", "width", "height", "aria-label", "aria-hidden")
                .addAttributes("table", "role")
                .addAttributes("a", "href", "name", "target")
                .addAttributes("img", "src", "alt", "border", "hspace", "vspace")
                .addAttributes("font", "color", "face", "size")
                .addAttributes("hr", "size", "color", "noshade")
                .addAttributes("ol", "start", "type", "reversed")
                .addAttributes("ul", "type")
                .addAttributes("li", "value", "type")
                .addAttributes(
                        "table", "background", "border", "cellpadding", "cellspacing", "frame", "rules", "summary")
                .addAttributes("td", "background", "colspan", "rowspan", "nowrap", "headers", "abbr")
                .addAttributes("th", "background", "colspan", "rowspan", "nowrap", "headers", "abbr", "scope")
                .addAttributes("col", "span")
                .addAttributes("colgroup", "span")
                .addAttributes("time", "datetime")
                .addProtocols("a", "href", "http", "https", "mailto", "tel", "sms", "#")
                .addProtocols("img", "src", "http", "https", "cid", "data")
                .addProtocols("table", "background", "http", "https", "cid")
                .addProtocols("td", "background", "http", "https", "cid")
                .addProtocols("th", "background", "http", "https", "cid");
    }
}
