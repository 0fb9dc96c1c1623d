package dev.flowmail.templates;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The colour of buttons and links, and what follows from it: in either scheme it stands out from what it is on by 4.5:1 (WCAG
 * 2.2, 1.4.3). All are written {@code #rrggbb}.
 *
 * @param light in light surroundings, with white text on it
 * @param lightSoft a hint of it
 * @param dark in dark surroundings, with {@link #ON_DARK} text on it
 * @param darkSoft a hint of it
 */
public record Accent(String light, String lightSoft, String dark, String darkSoft) {

    static final Accent FLOWMAIL = new Accent("#1d5f8a", "#e8f1f7", "#8fc7ee", "#20313f");

    private static final double READABLE = 4.5;
    private static final String WHITE = "#ffffff";
    private static final String BLACK = "#000000";
    private static final String DARK_CARD = "#1a2229";
    private static final String ON_DARK = "#0d1b26";
    private static final Pattern COLOUR = Pattern.compile("#[0-9a-fA-F]{6}");

    /** @throws BrandException when it is none, or when white text on it would be hard to read */
    static Accent of(String colour) {
        if (!COLOUR.matcher(colour).matches()) {
            throw new BrandException("color must be written #rrggbb, e.g. #0a5c36.");
        }
        String light = colour.toLowerCase(Locale.ROOT);
        if (!isReadable(light)) {
            throw new BrandException(String.format(
                    Locale.ROOT,
                    "color %s is too light: white text on it has a contrast of %.1f:1, and 4.5:1 is needed on it and"
                            + " on a hint of it. %s would do.",
                    light,
                    Contrast.ratio(light, WHITE),
                    darkened(light)));
        }
        String darkSoft = mixed(DARK_CARD, light, 20);
        String dark = IntStream.rangeClosed(0, 100)
                .mapToObj(percent -> mixed(light, WHITE, percent))
                .filter(lighter -> Contrast.ratio(lighter, darkSoft) >= READABLE
                        && Contrast.ratio(lighter, DARK_CARD) >= READABLE
                        && Contrast.ratio(lighter, ON_DARK) >= READABLE)
                .findFirst()
                .orElse(WHITE);
        return new Accent(light, soft(light), dark, darkSoft);
    }

    /** What a page's style sheet needs to show it. */
    String css() {
        return css(":root");
    }

    /** The same for the elements that a selector names. */
    String css(String selector) {
        return selector + "{--accent:" + light + ";--soft:" + lightSoft + "}\n" + "@media (prefers-color-scheme: dark){"
                + selector + "{--accent:" + dark + ";--soft:" + darkSoft + "}}\n";
    }

    private static boolean isReadable(String colour) {
        return Contrast.ratio(colour, WHITE) >= READABLE && Contrast.ratio(colour, soft(colour)) >= READABLE;
    }

    private static String soft(String colour) {
        return mixed(WHITE, colour, 10);
    }

    private static String darkened(String colour) {
        return IntStream.rangeClosed(0, 100)
                .mapToObj(percent -> mixed(colour, BLACK, percent))
                .filter(Accent::isReadable)
                .findFirst()
                .orElse(BLACK);
    }

    private static String mixed(String one, String other, int percentOfOther) {
        int first = Integer.parseInt(one.substring(1), 16);
        int second = Integer.parseInt(other.substring(1), 16);
        int sum = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int channel = ((first >> shift & 0xff) * (100 - percentOfOther) + (second >> shift & 0xff) * percentOfOther)
                    / 100;
            sum |= channel << shift;
        }
        return String.format(Locale.ROOT, "#%06x", sum);
    }
}
