package dev.flowmail.templates;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.MessageSource;

/** In whose name Flowmail writes to people: name, colour, logo, footer, and texts beyond the shipped ones. */
public final class Brand {

    /** Flowmail's own. */
    public static final Brand FLOWMAIL =
            new Brand(Templates.bundles(), List.of(), Accent.FLOWMAIL, null, Map.of(), false);

    private static final Pattern MARKUP = Pattern.compile("[<>&]");

    private final MessageSource messages;
    private final List<String> languages;
    private final Accent accent;
    private final @Nullable Logo logo;
    private final Map<String, String> footers;
    private final boolean named;

    private Brand(
            MessageSource messages,
            List<String> moreLanguages,
            Accent accent,
            @Nullable Logo logo,
            Map<String, String> footers,
            boolean named) {
        this.messages = messages;
        this.languages = Stream.concat(Languages.SHIPPED.stream(), moreLanguages.stream())
                .toList();
        this.accent = accent;
        this.logo = logo;
        this.footers = footers;
        this.named = named;
    }

    /**
     * Reads a brand from the files in a directory: {@code brand.properties} with {@code name}, {@code color}, {@code logo},
     * {@code footer} and {@code footer_xx}, and {@code messages_xx.properties}, all UTF-8 and all optional; {@code xx} is a
     * two-letter ISO 639 code.
     *
     * @throws BrandException at the first mistake in it
     */
    public static Brand read(Path directory) {
        BrandDirectory files = new BrandDirectory(directory);
        Properties settings = files.settings();
        Map<String, Properties> texts = files.texts();
        @Nullable String name = settings.getProperty("name");
        @Nullable String color = settings.getProperty("color");
        Map<String, String> footers = new HashMap<>();
        settings.stringPropertyNames().stream()
                .filter(key -> key.startsWith("footer"))
                .forEach(key -> footers.put(key.replaceFirst("footer_?", ""), settings.getProperty(key)));
        return new Brand(
                new Texts(texts, name),
                texts.keySet().stream()
                        .filter(language -> !Languages.SHIPPED.contains(language))
                        .toList(),
                color == null ? Accent.FLOWMAIL : Accent.of(color),
                files.logo(),
                footers,
                name != null);
    }

    /** The same brand with other texts. */
    Brand speaking(MessageSource otherMessages) {
        return new Brand(otherMessages, languages, accent, logo, footers, named);
    }

    MessageSource messages() {
        return messages;
    }

    /**
     * The locale of a tag as {@link Languages#tag} gives it; English for a language that there are no texts in, since tags
     * also come from old histories and from links.
     */
    Locale locale(String tag) {
        Locale locale = Locale.forLanguageTag(tag);
        return languages.contains(locale.getLanguage()) ? locale : Locale.ENGLISH;
    }

    /**
     * What Flow shows whoever has the flow open while it waits for a decision: one sentence of plain text that names nobody.
     * Flow's player shows it as HTML in places, so nothing in it can be markup, whatever a brand's own texts hold.
     */
    public String waitMessage(String tag) {
        return MARKUP.matcher(new Words(messages, locale(tag)).text("wait-message"))
                .replaceAll("");
    }

    public Accent accent() {
        return accent;
    }

    public @Nullable Logo logo() {
        return logo;
    }

    /** Whether a mail shows whose it is: ours does not matter to its reader. */
    public boolean named() {
        return named;
    }

    /** The lines at the foot of mails and pages. */
    List<String> footer(Locale locale) {
        return Optional.ofNullable(footers.getOrDefault(locale.getLanguage(), footers.get("")))
                .map(text -> text.lines().map(String::strip).collect(Collectors.toList()))
                .orElse(List.of());
    }
}
