package dev.flowmail.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a brand, each checked when it is read. */
final class BrandDirectory {

    private static final String SETTINGS = "brand.properties";
    private static final Pattern MESSAGES = Pattern.compile("messages_([a-z]{2})\\.properties");
    private static final Pattern SETTING = Pattern.compile("name|color|logo|footer(_([a-z]{2}))?");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^}]*}?|}");
    private static final Set<String> ISO_LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_FOOTER = 500;

    private final Path directory;
    private final List<String> names;

    BrandDirectory(Path directory) {
        this.directory = directory;
        if (!Files.isDirectory(directory)) {
            throw new BrandException(directory + " is not a directory.");
        }
        try (Stream<Path> files = Files.list(directory)) {
            names = files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties"))
                    .sorted()
                    .toList();
        } catch (IOException unreadable) {
            throw unreadable(directory.toString(), unreadable);
        }
        if (names.isEmpty()) {
            throw new BrandException(directory + " holds neither " + SETTINGS
                    + " nor a messages_xx.properties; remove the setting, or add one.");
        }
        names.forEach(BrandDirectory::checkName);
    }

    private static void checkName(String name) {
        Matcher messages = MESSAGES.matcher(name);
        boolean known = name.equals(SETTINGS) || (messages.matches() && ISO_LANGUAGES.contains(messages.group(1)));
        if (!known) {
            throw new BrandException(name + " is not a file that Flowmail knows: it reads " + SETTINGS
                    + " and messages_xx.properties, xx being a two-letter language code (ISO 639-1) such as sv.");
        }
    }

    /** {@code brand.properties}; empty when there is none. */
    Properties settings() {
        Properties settings = names.contains(SETTINGS) ? read(SETTINGS) : new Properties();
        for (String key : sorted(settings)) {
            Matcher setting = SETTING.matcher(key);
            if (!setting.matches() || (setting.group(2) != null && !ISO_LANGUAGES.contains(setting.group(2)))) {
                throw new BrandException(SETTINGS + ": " + key + " is not known; use name, color, logo, footer or"
                        + " footer_xx, xx being a two-letter language code.");
            }
            checkLength(key, settings.getProperty(key));
        }
        return settings;
    }

    private static void checkLength(String key, String value) {
        int longest = key.startsWith("footer") ? LONGEST_FOOTER : LONGEST_NAME;
        if (value.isBlank() || value.length() > longest) {
            throw new BrandException(SETTINGS + ": " + key + " must have 1 to " + longest + " characters.");
        }
    }

    @Nullable
    Logo logo() {
        String name = settings().getProperty("logo");
        if (name == null) {
            return null;
        }
        if (!settings().containsKey("name")) {
            throw new BrandException(SETTINGS + ": logo needs a name beside it, for where no pictures are shown.");
        }
        Path file = directory.resolve(name).normalize();
        if (!directory.normalize().equals(file.getParent()) || !Files.isRegularFile(file)) {
            throw new BrandException(SETTINGS + ": logo must name a file in " + directory + ".");
        }
        try {
            // no more than what shows that it is too large
            try (InputStream bytes = Files.newInputStream(file)) {
                return Logo.of(name, bytes.readNBytes(10 * Logo.LARGEST));
            }
        } catch (IOException unreadable) {
            throw unreadable(name, unreadable);
        }
    }

    /** The texts, by language. */
    Map<String, Properties> texts() {
        Properties english = properties(Templates.resource("messages.properties"), "messages.properties");
        Map<String, Properties> texts = new TreeMap<>();
        for (String name : names) {
            Matcher language = MESSAGES.matcher(name);
            if (language.matches()) {
                Properties own = read(name);
                sorted(own).forEach(key -> checkText(name, key, own.getProperty(key), english.getProperty(key)));
                texts.put(language.group(1), own);
            }
        }
        return texts;
    }

    private static void checkText(String file, String key, String text, @Nullable String english) {
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

    private static Set<String> sorted(Properties properties) {
        return new TreeSet<>(properties.stringPropertyNames());
    }

    private Properties read(String name) {
        try {
            return properties(Files.readString(directory.resolve(name), StandardCharsets.UTF_8), name);
        } catch (CharacterCodingException notUtf8) {
            throw new BrandException(name + " is not written in UTF-8. Save it as UTF-8.", notUtf8);
        } catch (IOException unreadable) {
            throw unreadable(name, unreadable);
        }
    }

    private static Properties properties(String text, String name) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
            return properties;
        } catch (IOException | IllegalArgumentException malformed) {
            throw new BrandException(name + " is not a properties file: " + malformed.getMessage(), malformed);
        }
    }

    private static BrandException unreadable(String name, IOException cause) {
        return new BrandException(name + " cannot be read: " + cause.getMessage(), cause);
    }
}
