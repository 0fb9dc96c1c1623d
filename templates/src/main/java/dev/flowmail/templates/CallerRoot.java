package dev.flowmail.templates;

import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/** The element that holds a caller's body in the mail. */
final class CallerRoot {
    private static final List<String> SPACING = List.of("margin", "padding");

    private CallerRoot() {}

    /** The body's own look, language and direction go along with its content; our part of the mail stands outside. */
    static Element of(Document document) {
        Element root = new Element("div");
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
}
