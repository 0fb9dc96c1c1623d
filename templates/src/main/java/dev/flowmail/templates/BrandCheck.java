package dev.flowmail.templates;

import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What may stand in the files of a brand; throws {@link BrandException}, which names the file and what to do. */
final class BrandCheck {
    private static final Pattern SETTING = Pattern.compile("name|color|logo|footer(_([a-z]{2}))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?|}");
    private static final Set<String> ISO_LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_FOOTER = 500;

    private BrandCheck() {}

    /** Whether it is a code of ISO 639-1. */
    static boolean isLanguage(String code) {
        return ISO_LANGUAGES.contains(code);
    }

    static void setting(String file, String key, String value) {
        Matcher setting = SETTING.matcher(key);
        if (!setting.matches() || (setting.group(2) != null && !isLanguage(setting.group(2)))) {
            throw new BrandException(file + ": " + key + " is not known; use name, color, logo, footer or"
                    + " footer_xx, xx being a two-letter language code.");
        }
        int longest = key.startsWith("footer") ? LONGEST_FOOTER : LONGEST_NAME;
        if (value.isBlank() || value.length() > longest) {
            throw new BrandException(file + ": " + key + " must have 1 to " + longest + " characters.");
        }
    }

    /** @param english the text that is shipped; null when there is none of that name */
    static void text(String file, String key, String text, @Nullable String english) {
        if (english == null) {
            throw new BrandException(file + ": there is no text called " + key + ". Remove it.");
        }
        if (text.isBlank()) {
            throw new BrandException(file + ": " + key
                    + " is empty. Write the text, or remove the line: what is missing" + " is shown as shipped.");
        }
        if (!placeholders(text).equals(placeholders(english))) {
            throw new BrandException(file + ": " + key + " must hold "
                    + (placeholders(english).isEmpty()
                            ? "no braces"
                            : String.join(" and ", placeholders(english)) + " and no other braces")
                    + ". In English it is: " + english);
        }
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
