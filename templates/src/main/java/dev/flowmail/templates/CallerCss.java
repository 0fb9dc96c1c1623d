package dev.flowmail.templates;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A caller's CSS, made so that it reaches the caller's part of a mail only and moves nothing out of it.
 *
 * <p>Looks at each character a fixed number of times.
 */
final class CallerCss {

    /** The class of the element that holds the caller's part: every rule begins with it. */
    static final String SCOPE = "fm-body";

    /** Gmail drops what is longer; the answers must stand before the 102 kB that it shows. */
    private static final int LONGEST = 32_000;

    private static final int LONGEST_READ = 500_000;
    private static final int DEEPEST = 4;
    private static final String INSIDE = "." + SCOPE;
    private static final List<String> ROOTS = List.of("html", "body", ":root");

    /** What takes an element out of its place, or puts words where there are none. */
    private static final Set<String> MOVING = Set.of(
            "z-index",
            "top",
            "right",
            "bottom",
            "left",
            "transform",
            "translate",
            "rotate",
            "scale",
            "perspective",
            "zoom",
            "content",
            "behavior",
            "all",
            "mso-element");

    private static final List<String> MOVING_FAMILIES =
            List.of("position", "inset", "offset", "transform-", "animation", "transition", "anchor", "mso-element-");
    private static final List<String> HAZARDS = List.of("expression(", "javascript:", "vbscript:", "-moz-binding");

    private final Predicate<String> isForbidden;
    private final StringBuilder kept = new StringBuilder();
    private boolean knowsDarkMode;

    /** @param isForbidden what may not stand in a value or in the text before a block */
    CallerCss(Predicate<String> isForbidden) {
        this.isForbidden = isForbidden;
    }

    /** Adds a style sheet; beyond the longest, rules are left out. */
    void add(String sheet) {
        rules(PlainCss.of(sheet.substring(0, Math.min(sheet.length(), LONGEST_READ))), 0);
    }

    /** The rules that are kept, each within the caller's part. */
    String kept() {
        return kept.toString();
    }

    /** Whether a sheet says what to do in the dark. */
    boolean knowsDarkMode() {
        return knowsDarkMode;
    }

    /** What of a {@code style} attribute stays; empty when nothing does. */
    static String declarations(String style, Predicate<String> isForbidden) {
        return keptOf(PlainCss.of(style), isForbidden);
    }

    private void rules(String css, int depth) {
        for (int at = 0; at < css.length(); ) {
            int end = CssCut.next(css, at, "{;");
            String prelude = css.substring(at, end).strip();
            if (end == css.length() || css.charAt(end) == ';') {
                // an unfinished rule, or @import and the like
                at = end + 1;
                continue;
            }
            int close = CssCut.next(css, end + 1, "}");
            rule(prelude, css.substring(end + 1, close), depth);
            at = close + 1;
        }
    }

    private void rule(String prelude, String block, int depth) {
        if (!prelude.startsWith("@")) {
            append(selectors(prelude), keptOf(block, isForbidden));
            knowsDarkMode |= asksForDark(block);
            return;
        }
        String name = prelude.substring(0, endOfName(prelude, 1)).toLowerCase(Locale.ROOT);
        // no @font-face: it would draw other words on our buttons, whose fonts have names that anybody may give
        if ((name.equals("@media") || name.equals("@supports"))
                && depth < DEEPEST
                && isHarmless(prelude.substring(1))) {
            knowsDarkMode |= prelude.contains("prefers-color-scheme");
            int before = kept.length();
            kept.append(prelude).append('{');
            int inside = kept.length();
            rules(block, depth + 1);
            if (kept.length() == inside) {
                kept.setLength(before);
            } else {
                kept.append("}\n");
            }
        }
    }

    private void append(String selectors, String declarations) {
        boolean fits = kept.length() + selectors.length() + declarations.length() < LONGEST;
        if (!selectors.isEmpty() && !declarations.isEmpty() && fits) {
            kept.append(selectors).append('{').append(declarations).append("}\n");
        }
    }

    private boolean isHarmless(String prelude) {
        return !isForbidden.test(prelude) && prelude.chars().noneMatch(character -> "{};@".indexOf(character) >= 0);
    }

    private String selectors(String prelude) {
        if (prelude.length() > LONGEST || !isHarmless(prelude)) {
            return "";
        }
        return CssCut.split(prelude, ',').stream()
                .map(CallerCss::scoped)
                .filter(selector -> !selector.isEmpty())
                .collect(Collectors.joining(","));
    }

    /** Within the caller's part; empty for what would look beside it. */
    private static String scoped(String selector) {
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

    /** Behind the name of the document's root or body that stands here; the same place when none does. */
    private static int rootAt(String selector, int at) {
        for (String root : ROOTS) {
            int end = at + root.length();
            if (selector.regionMatches(true, at, root, 0, root.length())
                    && (end == selector.length() || !PlainCss.isName(selector.charAt(end)))) {
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

    private static String keptOf(String block, Predicate<String> isForbidden) {
        StringBuilder kept = new StringBuilder();
        for (String declaration : CssCut.split(block, ';')) {
            int colon = declaration.indexOf(':');
            if (colon > 0
                    && isAllowed(
                            declaration.substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            declaration.substring(colon + 1).strip(),
                            isForbidden)) {
                kept.append(kept.isEmpty() ? "" : ";").append(declaration);
            }
        }
        return kept.toString();
    }

    private static boolean isAllowed(String property, String value, Predicate<String> isForbidden) {
        // Internet Explorer's and Word's marks of their own
        String name = property.startsWith("*") ? property.substring(1) : property;
        String standard = withoutVendor(name);
        if (endOfName(name, 0) != name.length()
                || MOVING.contains(standard)
                || MOVING_FAMILIES.stream().anyMatch(standard::startsWith)
                || value.chars().anyMatch(character -> "{}@".indexOf(character) >= 0)) {
            return false;
        }
        String words = value.toLowerCase(Locale.ROOT);
        return HAZARDS.stream().noneMatch(words::contains)
                && !(standard.contains("margin") && mayBeNegative(words))
                && !isForbidden.test(value);
    }

    private static String withoutVendor(String name) {
        for (String vendor : List.of("-webkit-", "-moz-", "-ms-", "-o-")) {
            if (name.startsWith(vendor)) {
                return name.substring(vendor.length());
            }
        }
        return name;
    }

    /** A length that is less than nothing, or that only a browser can work out. */
    private static boolean mayBeNegative(String value) {
        return value.indexOf('-') >= 0 || value.indexOf('(') >= 0;
    }

    private static boolean asksForDark(String block) {
        return CssCut.split(block, ';').stream()
                .map(declaration -> declaration.toLowerCase(Locale.ROOT))
                .anyMatch(declaration ->
                        declaration.replace(" ", "").startsWith("color-scheme:") && declaration.contains("dark"));
    }

    private static int endOfName(String text, int from) {
        int end = from;
        while (end < text.length() && PlainCss.isName(text.charAt(end))) {
            end++;
        }
        return end;
    }
}
