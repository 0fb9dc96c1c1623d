package dev.flowmail.templates;

import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/** The text of an HTML body, for the text part of a mail that comes without one. */
public final class PlainText {

    private static final Set<String> PARAGRAPHS =
            Set.of("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "hr");
    private static final Set<String> CELLS = Set.of("td", "th");
    private static final Set<String> UNSEEN = Set.of(
            "head", "title", "style", "script", "template", "noframes", "noembed", "iframe", "object", "svg", "math");
    private static final Pattern HIDDEN = Pattern.compile("(?i)display\\s*:\\s*none");
    private static final Pattern LINK_SCHEME = Pattern.compile("(?i)(https?|mailto|tel):.+");

    private PlainText() {}

    /**
     * Turns HTML, however broken, into text: line breaks, paragraphs and list items stay apart, links keep their address in
     * angle brackets, pictures their alternative text; what a browser does not show is left out.
     */
    public static String of(String html) {
        return of(Jsoup.parse(html).body());
    }

    static String of(Element body) {
        Writer writer = new Writer();
        body.traverse(writer);
        return writer.text();
    }

    private static final class Writer implements NodeVisitor {

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
            if (isUnseen(element)) {
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
            if (isUnseen(element)) {
                unseen--;
            }
        }

        private void writeAddress(Element link) {
            String address = link.attr("href").strip();
            if (LINK_SCHEME.matcher(address).matches() && !link.text().strip().equals(address)) {
                write(" <" + address + ">");
            }
        }

        private void breakLines(int lines) {
            pendingLines = Math.max(pendingLines, lines);
        }

        private void write(String words) {
            for (int at = 0; at < words.length(); at++) {
                char character = words.charAt(at);
                if (preformatted > 0 && character == '\n') {
                    pendingLines = Math.min(pendingLines + 1, 2);
                } else if (preformatted == 0 && isSpace(character)) {
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

        private String text() {
            return text.toString().lines().map(String::stripTrailing).collect(Collectors.joining("\n"));
        }

        private static boolean isUnseen(Element element) {
            return UNSEEN.contains(element.normalName())
                    || element.hasAttr("hidden")
                    || HIDDEN.matcher(element.attr("style")).find();
        }

        private static boolean isSpace(char character) {
            return character == ' ' || character == '\n' || character == '\t' || character == '\r' || character == '\f';
        }
    }
}
