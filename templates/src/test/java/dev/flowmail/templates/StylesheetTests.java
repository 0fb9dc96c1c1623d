package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class StylesheetTests {

    private static final Pattern PALETTE = Pattern.compile(":root\\s*\\{([^}]*)}");
    private static final Pattern COLOUR = Pattern.compile("--([a-z-]+):\\s*(#[0-9a-f]{6});");

    private final String stylesheet = Templates.resource("page.css");

    @Test
    void textStandsOutInBothSchemes() {
        List<Map<String, String>> palettes = palettes();

        assertThat(palettes).hasSize(2);
        for (Map<String, String> colours : palettes) {
            assertContrast(colours, 4.5, "text", "ground", "card", "soft");
            assertContrast(colours, 4.5, "muted", "ground", "card");
            assertContrast(colours, 4.5, "accent", "card", "soft");
            assertContrast(colours, 4.5, "on-accent", "accent");
            assertContrast(colours, 4.5, "alarm", "card", "alarm-soft");
        }
    }

    @Test
    void edgesOfFieldsAndButtonsStandOutInBothSchemes() {
        List<Map<String, String>> palettes = palettes();

        assertThat(palettes).hasSize(2);
        for (Map<String, String> colours : palettes) {
            assertContrast(colours, 3, "edge", "card");
        }
    }

    @Test
    void bothSchemesNameTheSameColoursAndNothingElseDoes() {
        List<Map<String, String>> palettes = palettes();

        assertThat(palettes.get(1).keySet()).isEqualTo(palettes.get(0).keySet());
        assertThat(PALETTE.matcher(stylesheet).replaceAll("")).doesNotContain("#");
    }

    @Test
    void nothingIsFetched() {
        assertThat(stylesheet).doesNotContain("url(", "@import", "@font-face");
    }

    private List<Map<String, String>> palettes() {
        return PALETTE.matcher(stylesheet)
                .results()
                .map(block -> {
                    Map<String, String> colours = new HashMap<>();
                    COLOUR.matcher(block.group(1))
                            .results()
                            .forEach(colour -> colours.put(colour.group(1), colour.group(2)));
                    return colours;
                })
                .toList();
    }

    private static void assertContrast(Map<String, String> colours, double least, String text, String... grounds) {
        for (String ground : grounds) {
            assertThat(Contrast.ratio(String.valueOf(colours.get(text)), String.valueOf(colours.get(ground))))
                    .as(text + " on " + ground)
                    .isGreaterThanOrEqualTo(least);
        }
    }
}
