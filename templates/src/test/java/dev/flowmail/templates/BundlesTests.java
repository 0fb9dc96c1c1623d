package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BundlesTests {

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\d}");

    static Stream<String> translations() {
        return Languages.SHIPPED.stream().skip(1);
    }

    @ParameterizedTest
    @MethodSource("translations")
    void everyTranslationHasEveryKeyOfTheEnglishBundle(String language) throws IOException {
        assertThat(bundle(language).stringPropertyNames())
                .containsExactlyInAnyOrderElementsOf(bundle("en").stringPropertyNames());
    }

    @ParameterizedTest
    @MethodSource("translations")
    void everyTranslationHasThePlaceholdersOfTheEnglishText(String language) throws IOException {
        Properties english = bundle("en");
        Properties translation = bundle(language);
        for (String key : english.stringPropertyNames()) {
            assertThat(placeholders(translation.getProperty(key)))
                    .as(language + " " + key)
                    .isEqualTo(placeholders(english.getProperty(key)));
        }
    }

    @ParameterizedTest
    @MethodSource("translations")
    void everyTranslationIsWrittenInItsLanguage(String language) throws IOException {
        Properties english = bundle("en");
        Properties translation = bundle(language);
        List<String> alike = english.stringPropertyNames().stream()
                .filter(key -> english.getProperty(key).equals(translation.getProperty(key)))
                .filter(key -> !List.of("brand", "date", "date.away", "size.kb", "size.mb")
                        .contains(key))
                .toList();
        assertThat(alike).as("texts that are still English").isEmpty();
    }

    @Test
    void noTextHoldsMarkupOrQuotesThatMessageFormatWouldSwallow() throws IOException {
        for (String language : Languages.SHIPPED) {
            assertThat(bundle(language).values())
                    .as(language)
                    .allSatisfy(text -> assertThat(text.toString()).isNotBlank().doesNotContain("<", "&", "'"));
        }
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    private static Properties bundle(String language) throws IOException {
        Properties bundle = new Properties();
        String suffix = language.equals("en") ? "" : "_" + language;
        bundle.load(new StringReader(Templates.resource("messages" + suffix + ".properties")));
        return bundle;
    }
}
