package dev.flowmail.templates;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.AbstractMessageSource;

/** A deployer's texts before the shipped ones: those of the language, else, in a language that is not shipped, English ones. */
final class Texts extends AbstractMessageSource {

    private static final String ENGLISH = "en";

    private final Map<String, Properties> byLanguage;
    private final @Nullable String name;

    /**
     * @param byLanguage by primary language subtag
     * @param name the brand's name; null for ours
     */
    Texts(Map<String, Properties> byLanguage, @Nullable String name) {
        this.byLanguage = byLanguage;
        this.name = name;
        setParentMessageSource(Templates.bundles());
        setAlwaysUseMessageFormat(true);
    }

    @Override
    protected @Nullable MessageFormat resolveCode(String key, Locale locale) {
        return text(locale.getLanguage(), key)
                .or(() -> Languages.SHIPPED.contains(locale.getLanguage()) ? Optional.empty() : text(ENGLISH, key))
                .or(() -> key.equals("brand") ? Optional.ofNullable(name) : Optional.empty())
                // an apostrophe is meant as one, not as MessageFormat's quote
                .map(text -> new MessageFormat(text.replace("'", "''"), locale))
                .orElse(null);
    }

    private Optional<String> text(String language, String key) {
        return Optional.ofNullable(byLanguage.get(language)).map(texts -> texts.getProperty(key));
    }
}
