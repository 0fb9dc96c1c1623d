package dev.flowmail.templates;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.safety.Cleaner;
import org.jsoup.safety.Safelist;

/**
 * A caller's HTML, made fit to stand in the same document as our links: parsed as browsers do, reduced to what shows
 * something, written out balanced.
 *
 * <p>Comments go too, conditional ones included: what Outlook makes of their inside cannot be balanced.
 *
 * @param content one {@code div} that holds the body
 * @param styles the contents of the style sheets, each without a closing tag
 * @param text the same body as plain text
 */
record CallerHtml(String content, List<String> styles, String text) {

    /** The class of a body that knows no dark mode: our style sheet keeps such a body on white. */
    static final String LIGHT_ONLY = "fm-caller";

    private static final Pattern STYLE_HAZARD = Pattern.compile(
            "(?i)javascript\\s*:|vbscript\\s*:|expression\\s*\\(|-moz-binding|behavior\\s*:|</\\s*style");
    private static final Pattern DARK_MODE = Pattern.compile("(?i)prefers-color-scheme|color-scheme\\s*:[^;}]*dark");
    private static final Pattern SPACING = Pattern.compile("(?i)margin|padding");
    private static final String SHOWS_NOTHING =
            "script, template, noframes, noembed, iframe, frameset, object, applet, svg, math, audio, video, canvas, select,"
                    + " datalist, head, style, input";
    /** Parsers give up balancing at a depth of about 512, and our part of the mail needs some of that. */
    private static final int DEEPEST = 256;

    private static final Cleaner CLEANER = new Cleaner(safelist());

    static CallerHtml of(String html, DecideLinks decideLinks) {
        Document document = Jsoup.parse(html, "", Parser.htmlParser().setMaxDepth(DEEPEST));
        document.outputSettings().prettyPrint(false);

        List<String> styles = new ArrayList<>();
        boolean darkMode =
                document.select("meta[name=color-scheme]").attr("content").contains("dark");
        for (Element style : document.select("style")) {
            String sheet = style.data();
            darkMode |= DARK_MODE.matcher(sheet).find();
            if (!sheet.isBlank() && isHarmless(sheet, decideLinks)) {
                styles.add(sheet);
            }
        }

        Element root = moveBodyInto(new Element("div"), document);
        if (!darkMode) {
            root.addClass(LIGHT_ONLY);
        }
        document.body().appendChild(root);
        document.select(SHOWS_NOTHING).remove();
        document.select("plaintext, xmp, listing, textarea").tagName("pre");

        Document clean = CLEANER.clean(document);
        clean.outputSettings().prettyPrint(false);
        clean.body().traverse((node, depth) -> disarm(node, decideLinks));
        return new CallerHtml(clean.body().html(), List.copyOf(styles), PlainText.of(clean.body()));
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
        if (!SPACING.matcher(body.attr("style")).find()) {
            // as much as browsers keep around a body that does not say otherwise
            appendDeclaration(style, "padding", "8px");
        }
        appendDeclaration(style, "background-color", body.attr("bgcolor"));
        appendDeclaration(style, "color", body.attr("text"));
        style.append(body.attr("style"));
        if (!style.isEmpty()) {
            root.attr("style", style.toString());
        }
        for (Node child : List.copyOf(body.childNodes())) {
            root.appendChild(child);
        }
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
            raw.replaceWith(new TextNode(decideLinks.removedFrom(raw.getWholeData())));
            return;
        }
        if (node instanceof TextNode words) {
            words.text(decideLinks.removedFrom(words.getWholeText()));
            return;
        }
        if (node instanceof Element element) {
            element.attributes().asList().stream()
                    .filter(attribute -> attribute.getKey().equals("style")
                            ? !isHarmless(attribute.getValue(), decideLinks)
                            : decideLinks.in(attribute.getValue()))
                    .map(attribute -> attribute.getKey().toLowerCase(Locale.ROOT))
                    .toList()
                    .forEach(element::removeAttr);
        }
    }

    private static boolean isHarmless(String style, DecideLinks decideLinks) {
        return !STYLE_HAZARD.matcher(style).find() && !decideLinks.in(style);
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
