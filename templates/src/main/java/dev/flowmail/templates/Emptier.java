package dev.flowmail.templates;

import java.util.Set;
import org.jsoup.nodes.DataNode;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Leaves nothing of what shows nothing. In its place, since to take out one element among many moves all the others: as
 * elements that the cleaner drops.
 */
final class Emptier implements NodeVisitor {
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
