package dev.flowmail.templates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
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
    void aDateIsTheOneOfItsZone() {
        Words words = new Words(Templates.bundles(), Brand.FLOWMAIL.locale("en"));

        assertThat(words.date(Samples.DEADLINE.withZoneSameInstant(ZoneId.of("Asia/Tokyo"))))
                .isEqualTo("Tuesday, March 3, 2026, 11:30 PM Asia/Tokyo");
        assertThat(words.date(Samples.DEADLINE.withZoneSameInstant(ZoneId.of("Pacific/Auckland"))))
                .isEqualTo("Wednesday, March 4, 2026, 3:30 AM Pacific/Auckland");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "en|(in 3 days)|(in 1 minute)",
                "de-DE|, in 3 Tagen|, in 1 Minute",
                "fr|(dans 3 jours)|(dans 1 minute)",
                "es|(dentro de 3 días)|(dentro de 1 minuto)",
                "pt-BR|(em 3 dias)|(em 1 minuto)",
                "ja|、3 日後|、1 分後",
                "ar|(خلال 3 أيام)|(خلال دقيقة واحدة)",
            })
    void aDateIsToldWithHowFarAwayItIs(String tag, String days, String moment) {
        Words words = new Words(Templates.bundles(), Brand.FLOWMAIL.locale(tag));
        ZonedDateTime deadline = Samples.DEADLINE;
        Instant threeDaysBefore = deadline.minusDays(3).plusSeconds(2).toInstant();

        assertThat(words.date(deadline, threeDaysBefore)).isEqualTo(words.date(deadline) + spaced(days));
        assertThat(words.date(deadline, deadline.minusSeconds(5).toInstant()))
                .isEqualTo(words.date(deadline) + spaced(moment));
    }

    private static String spaced(String appended) {
        return appended.startsWith("(") ? " " + appended : appended;
    }

    @ParameterizedTest
    @CsvSource({
        "PT80M, in 80 minutes",
        "PT91M, in 2 hours",
        "PT35H, in 35 hours",
        "PT36H, in 2 days",
        "P28D, in 28 days",
        "-PT2H, 2 hours ago"
    })
    void howFarAwayIsToldInOneUnit(Duration before, String away) {
        Words words = new Words(Templates.bundles(), Brand.FLOWMAIL.locale("en"));

        assertThat(words.date(Samples.DEADLINE, Samples.DEADLINE.toInstant().minus(before)))
                .endsWith("(" + away + ")");
    }

    @Test
    void anArabicDateIsArabic() {
        Words words = new Words(Templates.bundles(), Brand.FLOWMAIL.locale("ar-SA"));

        assertThat(words.date(Samples.DEADLINE)).contains("مارس", "2026", "2:30", "UTC");
        assertThat(words.number(2000)).contains("2", "000");
    }
}
