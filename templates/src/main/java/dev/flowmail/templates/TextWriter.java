package dev.flowmail.templates;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** Writes the text of elements as they are walked through. */
final class TextWriter implements NodeVisitor {
    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final List<String> LINK_SCHEMES = List.of("http:", "https:", "mailto:", "tel:");

    private final StringBuilder text = new StringBuilder();
    private int pendingLines;
    private boolean pendingSpace;
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
            // two breaks in a row are an empty line
            pendingLines = Math.min(pendingLines + 1, 2);
        } else if (PARAGRAPHS.contains(name)) {
            breakLines(2);
        } else if (CELLS.contains(name)) {
            pendingSpace = true;
        } else if (element.isBlock()) {
            breakLines(1);
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
            if (PARAGRAPHS.contains(name)) {
                breakLines(2);
            } else if (CELLS.contains(name)) {
                pendingSpace = true;
            } else if (element.isBlock()) {
                breakLines(1);
            }
        }
        if (PlainText.isUnseen(element)) {
            unseen--;
        }
    }

    private void writeAddress(Element link) {
        String address = link.attr("href").strip();
        if (isLink(address) && !link.text().strip().equals(address)) {
            write(" <" + address + ">");
        }
    }

    private static boolean isLink(String address) {
        return LINK_SCHEMES.stream()
                .anyMatch(scheme -> address.length() > scheme.length()
                        && address.regionMatches(true, 0, scheme, 0, scheme.length()));
    }

    private void breakLines(int lines) {
        pendingLines = Math.max(pendingLines, lines);
    }

    private void write(String words) {
        for (int at = 0; at < words.length(); at++) {
            char character = words.charAt(at);
            if (preformatted > 0 && character == '\n') {
                pendingLines = Math.min(pendingLines + 1, 2);
            } else if (preformatted == 0 && Characters.isSpace(character)) {
                pendingSpace = true;
            } else {
                write(character);
            }
        }
    }

    private void write(char character) {
        if (text.length() > 0) {
            text.append("\n".repeat(pendingLines));
            if (pendingSpace && pendingLines == 0) {
                text.append(' ');
            }
        }
        pendingLines = 0;
        pendingSpace = false;
        text.append(character == '\u00a0' ? ' ' : character);
    }

    String text() {
        return text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
    }
}
