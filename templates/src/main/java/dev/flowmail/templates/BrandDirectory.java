package dev.flowmail.templates;

import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files of a brand, each checked when it is read. */
final class BrandDirectory {

    private static final String SETTINGS = "brand.properties";
    private static final Pattern MESSAGES = Pattern.compile("messages_([a-z]{2})\\.properties");

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
        boolean known = name.equals(SETTINGS) || (messages.matches() && BrandCheck.isLanguage(messages.group(1)));
        if (!known) {
            throw new BrandException(name + " is not a file that Flowmail knows: it reads " + SETTINGS
                    + " and messages_xx.properties, xx being a two-letter language code (ISO 639-1) such as sv.");
        }
    }

    /** {@code brand.properties}; empty when there is none. */
    Properties settings() {
        Properties settings = names.contains(SETTINGS) ? read(SETTINGS) : new Properties();
        sorted(settings).forEach(key -> BrandCheck.setting(SETTINGS, key, settings.getProperty(key)));
        return settings;
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
                sorted(own).forEach(key -> BrandCheck.text(name, key, own.getProperty(key), english.getProperty(key)));
                texts.put(language.group(1), own);
            }
        }
        return texts;
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
