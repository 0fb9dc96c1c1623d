package dev.flowmail.templates;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;
import org.springframework.context.MessageSourceResolvable;

/** The real bundles with every text in brackets: what stands outside of brackets has not come from a bundle. */
final class PseudoLocale implements MessageSource {

    private static final Pattern INNERMOST = Pattern.compile("⟦[^⟦⟧]*⟧");

    private final MessageSource bundles = Templates.bundles();

    /** What of a text has come neither from a bundle nor from {@code data}. */
    static String leftovers(String text, List<String> data) {
        String rest = text;
        for (String before = ""; !before.equals(rest); ) {
            before = rest;
            rest = INNERMOST.matcher(rest).replaceAll("");
        }
        for (String known : data) {
            rest = rest.replace(known, "");
        }
        return rest.replaceAll("[\\s\\p{Cf}\\u00A0():·-]", "");
    }

    @Override
    public @Nullable String getMessage(
            String code, Object @Nullable [] arguments, @Nullable String defaultMessage, @Nullable Locale locale) {
        return inBrackets(bundles.getMessage(code, arguments, defaultMessage, locale));
    }

    @Override
    public String getMessage(String code, Object @Nullable [] arguments, @Nullable Locale locale) {
        return inBrackets(bundles.getMessage(code, arguments, locale));
    }

    @Override
    public String getMessage(MessageSourceResolvable resolvable, @Nullable Locale locale) {
        return inBrackets(bundles.getMessage(resolvable, locale));
    }

    private static String inBrackets(@Nullable String message) {
        return "⟦" + message + "⟧";
    }
}
