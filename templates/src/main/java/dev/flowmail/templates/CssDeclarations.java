package dev.flowmail.templates;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/** The declarations of a caller's CSS that move nothing out of its part of the mail. */
final class CssDeclarations {
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

    private CssDeclarations() {}

    /** What of a {@code style} attribute stays; empty when nothing does. */
    static String ofAttribute(String style, Predicate<String> isForbidden) {
        return kept(PlainCss.of(style), isForbidden);
    }

    /**
     * What of a rule's block stays; empty when nothing does.
     *
     * @param block as {@link PlainCss} writes it
     */
    static String kept(String block, Predicate<String> isForbidden) {
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
        if (CssCharacters.endOfName(name, 0) != name.length()
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
}
