package dev.flowmail.templates;

import java.util.Locale;
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
            append(selectors(prelude), CssDeclarations.kept(block, isForbidden));
            knowsDarkMode |= asksForDark(block);
            return;
        }
        String name = prelude.substring(0, CssCharacters.endOfName(prelude, 1)).toLowerCase(Locale.ROOT);
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
                .map(CssSelector::scoped)
                .filter(selector -> !selector.isEmpty())
                .collect(Collectors.joining(","));
    }

    private static boolean asksForDark(String block) {
        return CssCut.split(block, ';').stream()
                .map(declaration -> declaration.toLowerCase(Locale.ROOT))
                .anyMatch(declaration ->
                        declaration.replace(" ", "").startsWith("color-scheme:") && declaration.contains("dark"));
    }
}
