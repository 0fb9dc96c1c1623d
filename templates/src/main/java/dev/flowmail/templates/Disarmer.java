package dev.flowmail.templates;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Takes from a caller's elements what reaches beyond them: classes of ours, CSS that moves, links to decisions, stray cells. */
final class Disarmer implements NodeVisitor {
    /** How our own classes begin, in any case: a caller's elements have none of them. */
    private static final String OURS = "fm-";

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

    private final DecideLinks decideLinks;

    Disarmer(DecideLinks decideLinks) {
        this.decideLinks = decideLinks;
    }

    @Override
    public void head(Node node, int depth) {
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
                element.attr("style", CssDeclarations.ofAttribute(element.attr("style"), decideLinks::in));
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
}
