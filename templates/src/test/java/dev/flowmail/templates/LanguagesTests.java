package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LanguagesTests {

    @ParameterizedTest
    @CsvSource({
        "EN, USA, en-US",
        "DE, DEU, de-DE",
        "de, AT, de-AT",
        "de-DE, , de-DE",
        "de_ch, DEU, de-CH",
        "PT, BRA, pt-BR",
        "deu, , de",
        "JPN, JPN, ja-JP",
        "ar, SAU, ar-SA",
        "es-419, , es",
        "fr-Latn-CA, , fr-CA",
        "'  fr ', ' fra ', fr-FR",
        "en, XYZ, en",
        "SV, SWE, sv-SE",
        "swe, , sv",
    })
    void flowsCultureBecomesALanguageTag(String language, String country, String tag) {
        assertThat(Languages.tag(language, country)).isEqualTo(tag);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "-", "_", "xx", "KLINGON", "zz-ZZ", "../../etc", "e", "<script>", "\u202een", "en\u0000"
            })
    void anUnknownLanguageIsEnglish(String language) {
        assertThat(Languages.tag(language, "DEU")).isEqualTo("en");
    }

    @Test
    void noLanguageIsEnglish() {
        assertThat(Languages.tag(null, null)).isEqualTo("en");
        assertThat(Languages.tag("de".repeat(10_000), null)).isEqualTo("en");
    }

    @Test
    void aCountryThatIsNoneIsLeftOut() {
        assertThat(Languages.tag("de", "\r\nSet-Cookie: a=b")).isEqualTo("de");
        assertThat(Languages.tag("de", "D".repeat(10_000))).isEqualTo("de");
    }

    @Test
    void aTagThatIsNotOursIsReadAsEnglish() {
        assertThat(Brand.FLOWMAIL.locale("de-DE")).isEqualTo(Locale.GERMANY);
        assertThat(Brand.FLOWMAIL.locale("sv-SE")).isEqualTo(Locale.ENGLISH);
        assertThat(Brand.FLOWMAIL.locale("\"><b>")).isEqualTo(Locale.ENGLISH);
    }

    @Test
    void ofTheShippedLanguagesOnlyArabicRunsFromRightToLeft() {
        assertThat(Languages.SHIPPED)
                .filteredOn(language ->
                        Languages.direction(Locale.forLanguageTag(language)).equals("rtl"))
                .containsExactly("ar");
        assertThat(Languages.direction(Locale.forLanguageTag("ar-EG"))).isEqualTo("rtl");
        assertThat(Languages.direction(Locale.forLanguageTag("he-IL"))).isEqualTo("rtl");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|Tuesday, March 3, 2026, 2:30 PM UTC",
                "de-DE|Dienstag, 3. März 2026, 14:30 Uhr (UTC)",
                "fr|mardi 3 mars 2026, 14:30 UTC",
                "es|martes, 3 de marzo de 2026, 14:30 UTC",
                "pt-BR|terça-feira, 3 de março de 2026, 14:30 UTC",
                "ja|2026年3月3日火曜日 14:30（UTC）",
            })
    void aDateNamesItsZone(String tag, String date) {
        Words words = new Words(Templates.bundles(), Brand.FLOWMAIL.locale(tag));

        assertThat(words.date(Samples.DEADLINE)).isEqualTo(date);
    }

    @Test
    void anArabicDateIsArabic() {
        Words words = new Words(Templates.bundles(), Brand.FLOWMAIL.locale("ar-SA"));

        assertThat(words.date(Samples.DEADLINE)).contains("مارس", "2026", "2:30", "UTC");
        assertThat(words.number(2000)).contains("2", "000");
    }
}
