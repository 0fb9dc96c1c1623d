package dev.flowmail.templates;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;

/** The text of an HTML body, for the text part of a mail that comes without one. */
public final class PlainText {

    private static final Set<String> UNSEEN = Set.of(
            "head", "title", "style", "script", "template", "noframes", "noembed", "iframe", "object", "svg", "math");
    private static final List<String> LINK_SCHEMES = List.of("http:", "https:", "mailto:", "tel:");

    private PlainText() {}

    /**
     * Turns HTML, however broken, into text: line breaks, paragraphs and list items stay apart, links keep their address in
     * angle brackets, pictures their alternative text; what a browser does not show is left out.
     */
    public static String of(String html) {
        return of(Jsoup.parse(html).body());
    }

    static String of(Element body) {
        TextWriter writer = new TextWriter();
        body.traverse(writer);
        return writer.text();
    }

    /** Whether a browser leaves out an element with all that is in it. */
    static boolean isUnseen(Element element) {
        return UNSEEN.contains(element.normalName())
                || element.hasAttr("hidden")
                || (element.hasAttr("style")
                        && CssDeclarations.ofAttribute(element.attr("style"), value -> false)
                                .toLowerCase(Locale.ROOT)
                                .replace(" ", "")
                                .contains("display:none"));
    }

    /** Whether an address leads somewhere outside the mail. */
    static boolean isLink(String address) {
        return LINK_SCHEMES.stream()
                .anyMatch(scheme -> address.length() > scheme.length()
                        && address.regionMatches(true, 0, scheme, 0, scheme.length()));
    }
}
