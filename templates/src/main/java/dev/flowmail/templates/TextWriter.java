package dev.flowmail.templates;

import java.util.Set;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Writes the text of elements as they are walked through. */
final class TextWriter implements NodeVisitor {
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr");
    private static final Set<String> CELLS = Set.of("td", "th");

    private final SpacedText text = new SpacedText();
    private int unseen;
    private int preformatted;

    @Override
    public void head(Node node, int depth) {
        if (node instanceof Element element) {
            open(element);
        } else if (node instanceof TextNode words && unseen == 0) {
            write(words.getWholeText());
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element) {
            close(element);
        }
    }

    private void open(Element element) {
        if (PlainText.isUnseen(element)) {
            unseen++;
        }
        if (unseen > 0) {
            return;
        }
        String name = element.normalName();
        if (name.equals("br")) {
            text.breakLine();
        } else {
            breakAround(element);
        }
        switch (name) {
            case "li" -> write("- ");
            case "hr" -> write("----------");
            case "img" -> write(element.attr("alt"));
            case "pre" -> preformatted++;
            default -> {}
        }
    }

    private void close(Element element) {
        String name = element.normalName();
        if (unseen == 0) {
            if (name.equals("a")) {
                writeAddress(element);
            }
            if (name.equals("pre")) {
                preformatted--;
            }
            breakAround(element);
        }
        if (PlainText.isUnseen(element)) {
            unseen--;
        }
    }

    /** As far as its neighbours are kept apart from an element. */
    private void breakAround(Element element) {
        if (PARAGRAPHS.contains(element.normalName())) {
            text.breakLines(2);
        } else if (CELLS.contains(element.normalName())) {
            text.space();
        } else if (element.isBlock()) {
            text.breakLines(1);
        }
    }

    private void writeAddress(Element link) {
        String address = link.attr("href").strip();
        if (PlainText.isLink(address) && !link.text().strip().equals(address)) {
            write(" <" + address + ">");
        }
    }

    private void write(String words) {
        for (int at = 0; at < words.length(); at++) {
            char character = words.charAt(at);
            if (preformatted > 0 && character == '\n') {
                text.breakLine();
            } else if (preformatted == 0 && Characters.isSpace(character)) {
                text.space();
            } else {
                text.write(character);
            }
        }
    }

    String text() {
        return text.written();
    }
}
