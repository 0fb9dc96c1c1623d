package dev.flowmail.templates;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.MissingResourceException;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Languages by the codes that Flow and browsers name them with. */
public final class Languages {

    /** Primary language subtags of the shipped message bundles; the first is the fallback. */
    static final List<String> SHIPPED = List.of("en", "de", "fr", "es", "pt", "ja", "ar");

    private static final Map<String, String> LANGUAGES =
            byBothCodes(Locale.getISOLanguages(), Languages::threeLetterLanguage);
    private static final Map<String, String> COUNTRIES =
            byBothCodes(Locale.getISOCountries(), Languages::threeLetterCountry);
    private static final Set<String> RIGHT_TO_LEFT = Set.of("ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi");
    private static final Pattern SUBTAG_SEPARATOR = Pattern.compile("[-_]");
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{2,3}");
    private static final int LONGEST_TAG = 35;

    private Languages() {}

    /**
     * Finds the language for Flow's culture.
     *
     * @param language an ISO 639 code or a language tag in any case: {@code EN}, {@code deu}, {@code de-DE}, {@code pt_BR}
     * @param country an ISO 3166 code with two or three letters: {@code USA}, {@code DE}; a region within
     *     {@code language} comes first
     * @return a BCP 47 tag of a language with a two-letter code, with its region when that is known: {@code de},
     *     {@code en-US}; {@code en} for everything else. Whether there are texts in it is the brand's matter
     */
    public static String tag(@Nullable String language, @Nullable String country) {
        if (language == null || language.length() > LONGEST_TAG) {
            return SHIPPED.get(0);
        }
        String[] subtags = SUBTAG_SEPARATOR.split(language.strip());
        if (subtags.length == 0 || !CODE.matcher(subtags[0]).matches()) {
            return SHIPPED.get(0);
        }
        return Optional.ofNullable(LANGUAGES.get(subtags[0].toLowerCase(Locale.ROOT)))
                .map(primary -> region(subtags, country)
                        .map(region -> primary + "-" + region)
                        .orElse(primary))
                .orElse(SHIPPED.get(0));
    }

    /** The value of HTML's {@code dir} attribute. */
    static String direction(Locale locale) {
        return RIGHT_TO_LEFT.contains(locale.getLanguage()) ? "rtl" : "ltr";
    }

    private static Optional<String> region(String[] subtags, @Nullable String country) {
        return Stream.concat(
                        Arrays.stream(subtags).skip(1),
                        Stream.ofNullable(country).map(String::strip))
                .filter(CODE.asMatchPredicate())
                .map(code -> code.toUpperCase(Locale.ROOT))
                .flatMap(code -> Stream.ofNullable(COUNTRIES.get(code)))
                .findFirst();
    }

    private static Map<String, String> byBothCodes(String[] twoLetters, UnaryOperator<String> threeLetters) {
        Map<String, String> codes = new HashMap<>();
        for (String code : twoLetters) {
            codes.put(code, code);
            codes.putIfAbsent(threeLetters.apply(code), code);
        }
        return Map.copyOf(codes);
    }

    private static String threeLetterLanguage(String code) {
        return Locale.forLanguageTag(code).getISO3Language();
    }

    private static String threeLetterCountry(String code) {
        try {
            return new Locale.Builder().setRegion(code).build().getISO3Country();
        } catch (MissingResourceException withdrawn) {
            return "";
        }
    }
}
