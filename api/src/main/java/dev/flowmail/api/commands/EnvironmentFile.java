package dev.flowmail.api.commands;

import dev.flowmail.api.config.PrivateFiles;
import dev.flowmail.api.settings.CannotStartException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A file of {@code NAME=value} lines, as shells and docker-compose read them. Other lines than those set stay as they are. */
final class EnvironmentFile {

    private static final Pattern LINE = Pattern.compile("(\\s*(?:export\\s+)?([A-Za-z_][A-Za-z0-9_]*)\\s*=)(.*)");
    private static final Pattern QUOTED = Pattern.compile("([\"'])(.*)\\1");

    private final Path path;
    private final List<String> lines;

    private EnvironmentFile(Path path, List<String> lines) {
        this.path = path;
        this.lines = lines;
    }

    /** A file that is not there is empty. */
    static EnvironmentFile read(Path path) {
        try {
            return new EnvironmentFile(path, new ArrayList<>(Files.readAllLines(path)));
        } catch (NoSuchFileException absent) {
            return new EnvironmentFile(path, new ArrayList<>());
        } catch (IOException failure) {
            throw new CannotStartException(
                    path + " cannot be read as a text file ("
                            + failure.getClass().getSimpleName() + ").",
                    failure);
        }
    }

    /** A variable's value; empty when there is none, or an empty one. */
    Optional<String> value(String name) {
        return index(name)
                .map(index -> unquoted(match(lines.get(index)).group(3).strip()))
                .filter(value -> !value.isBlank());
    }

    /** Reindexes a variable's line, or adds one. */
    void set(String name, String value) {
        Optional<Integer> index = index(name);
        if (index.isPresent()) {
            lines.set(index.get(), match(lines.get(index.get())).group(1) + value);
        } else {
            lines.add(name + "=" + value);
        }
    }

    /** Writes it with mode 0600, whole or not at all. */
    void write() {
        try {
            PrivateFiles.write(path, String.join("\n", lines) + "\n");
        } catch (IOException failure) {
            throw new CannotStartException(
                    path + " cannot be written (" + failure.getClass().getSimpleName()
                            + "); its directory must exist and be writable.",
                    failure);
        }
    }

    private Optional<Integer> index(String name) {
        List<Integer> indexes = new ArrayList<>();
        for (int index = 0; index < lines.size(); index++) {
            Matcher line = match(lines.get(index));
            if (line.matches() && line.group(2).equals(name)) {
                indexes.add(index);
            }
        }
        if (indexes.size() > 1) {
            throw new CannotStartException(path + " sets " + name + " twice; take one of the lines away.");
        }
        return indexes.stream().findFirst();
    }

    private static Matcher match(String line) {
        Matcher matcher = LINE.matcher(line);
        // its groups are read after this
        var ignored = matcher.matches();
        return matcher;
    }

    private static String unquoted(String value) {
        Matcher quoted = QUOTED.matcher(value);
        return quoted.matches() ? quoted.group(2) : value;
    }
}
