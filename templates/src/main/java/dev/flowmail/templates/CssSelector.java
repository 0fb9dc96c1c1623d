package dev.flowmail.templates;

import java.util.List;

/** One selector of a caller's CSS. */
final class CssSelector {
    private static final String INSIDE = "." + CallerCss.SCOPE;
    private static final List<String> ROOTS = List.of("html", "body", ":root");

    private CssSelector() {}

    /** Within the caller's part; empty for what would look beside it. */
    static String scoped(String selector) {
        int at = 0;
        boolean isRoot = false;
        for (int root = rootAt(selector, at); root > at; root = rootAt(selector, at)) {
            isRoot = true;
            at = root;
            int next = skip(selector, at);
            if (rootAt(selector, next) > next) {
                at = next;
            }
        }
        String rest = selector.substring(at);
        String looks = rest.strip();
        if ((looks.isEmpty() && !isRoot) || looks.startsWith("+") || looks.startsWith("~") || looks.startsWith("|")) {
            return "";
        }
        return isRoot ? INSIDE + rest : INSIDE + ' ' + looks;
    }

    /** Behind the name of the document's root or body that stands here; the same index when none does. */
    private static int rootAt(String selector, int at) {
        for (String root : ROOTS) {
            int end = at + root.length();
            if (selector.regionMatches(true, at, root, 0, root.length())
                    && (end == selector.length() || !CssCharacters.isName(selector.charAt(end)))) {
                return end;
            }
        }
        return at;
    }

    private static int skip(String selector, int from) {
        int at = from;
        while (at < selector.length() && (Characters.isSpace(selector.charAt(at)) || selector.charAt(at) == '>')) {
            at++;
        }
        return at;
    }
}
