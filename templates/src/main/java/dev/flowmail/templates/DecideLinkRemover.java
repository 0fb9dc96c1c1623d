package dev.flowmail.templates;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Takes the words that lead to a decide page out of a document's text, also those that stand in several elements: a reader
 * sees them as one, and mail programs make links of what is seen.
 */
final class DecideLinkRemover implements NodeVisitor {

    private final DecideLinks decideLinks;
    /** What is hidden interrupts no word; it is a text of its own. */
    private final Deque<Word> words = new ArrayDeque<>();

    private final Map<TextNode, List<Piece>> found = new HashMap<>();

    private DecideLinkRemover(DecideLinks decideLinks) {
        this.decideLinks = decideLinks;
    }

    static void clean(Element body, DecideLinks decideLinks) {
        DecideLinkRemover remover = new DecideLinkRemover(decideLinks);
        remover.words.push(remover.new Word());
        body.traverse(remover);
        remover.words.getFirst().end();
        remover.found.forEach(DecideLinkRemover::remove);
    }

    @Override
    public void head(Node node, int depth) {
        if (node instanceof TextNode text) {
            words.getFirst().read(text);
        } else if (node instanceof Element element && PlainText.isUnseen(element)) {
            words.push(new Word());
        } else if (endsWords(node)) {
            words.getFirst().end();
        }
    }

    @Override
    public void tail(Node node, int depth) {
        if (node instanceof Element element && PlainText.isUnseen(element)) {
            words.pop().end();
        } else if (endsWords(node)) {
            words.getFirst().end();
        }
    }

    private static boolean endsWords(Node node) {
        return node instanceof Element element && (element.isBlock() || element.nameIs("br") || element.nameIs("img"));
    }

    private static void remove(TextNode text, List<Piece> pieces) {
        String words = text.getWholeText();
        StringBuilder kept = new StringBuilder();
        int copied = 0;
        for (Piece piece : pieces) {
            kept.append(words, copied, piece.from()).append(piece.isFirst() ? DecideLinks.REMOVED : "");
            copied = piece.to();
        }
        text.text(kept.append(words, copied, words.length()).toString());
    }

    /** A part of a word, within one node. */
    private record Piece(TextNode node, int from, int to, boolean isFirst) {}

    private final class Word {

        private final DecideLinkScan scan = decideLinks.scan();
        private final List<Piece> pieces = new ArrayList<>();

        void read(TextNode node) {
            String text = node.getWholeText();
            for (int at = 0; at < text.length(); ) {
                int end = DecideLinks.endOfWord(text, at);
                scan.read(text, at, end);
                if (end > at) {
                    pieces.add(new Piece(node, at, end, pieces.isEmpty()));
                }
                if (end < text.length()) {
                    end();
                }
                at = end + 1;
            }
        }

        void end() {
            if (!pieces.isEmpty() && scan.end()) {
                pieces.forEach(piece -> found.computeIfAbsent(piece.node(), node -> new ArrayList<>())
                        .add(piece));
            }
            pieces.clear();
        }
    }
}
