package dev.flowmail.api.temporal;

import dev.flowmail.api.settings.CannotStartException;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleDescriptor.Version;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The Temporal CLI, which holds the server that Flowmail embeds.
 *
 * @param path the program
 * @param version e.g. {@code 1.9.1}
 */
record TemporalCli(Path path, String version) {

    /** The first with a server that has standalone activities (1.32). */
    private static final String OLDEST = "1.9.1";

    private static final String SETTING = "TEMPORAL_CLI (flowmail.temporal.cli)";
    private static final Pattern VERSION = Pattern.compile("temporal version (\\d+(?:\\.\\d+)*)\\S*");

    /**
     * @param configured a path, or a name to be found on PATH; null for {@code temporal}
     * @param wanted the version that is looked for where none is configured: {@code temporal-1.9.1} on PATH, before
     *     {@code temporal}; what is found may be another
     * @throws CannotStartException when there is none
     */
    static TemporalCli find(@Nullable Path configured, Optional<String> wanted) {
        return find(configured, wanted, searched());
    }

    /** In these directories instead of PATH's. */
    static TemporalCli find(@Nullable Path configured, Optional<String> wanted, List<Path> directories) {
        Path path = (configured == null
                        ? wanted.flatMap(version -> in(directories, "temporal-" + version))
                                .or(() -> in(directories, "temporal"))
                        : named(configured, directories))
                .orElseThrow(() -> new CannotStartException(SETTING
                        + (configured == null
                                ? " is not set, and there is no temporal on the PATH."
                                : ": there is no program " + configured + ".")
                        + " Start Flowmail with ./flowmail serve, which gets the Temporal CLI by itself; or install it"
                        + " and set TEMPORAL_CLI to its path; or set TEMPORAL_ADDRESS to a Temporal server that"
                        + " runs elsewhere."));
        return new TemporalCli(path, versionOf(path));
    }

    /** @throws CannotStartException when its server lacks what Flowmail needs */
    void requireRecent(Optional<String> remedy) {
        if (Version.parse(version).compareTo(Version.parse(OLDEST)) < 0) {
            throw new CannotStartException(SETTING + ": " + path + " is version " + version + "; Flowmail needs "
                    + OLDEST + " or newer." + remedy.map(" "::concat).orElse(""));
        }
    }

    private static Optional<Path> named(Path name, List<Path> directories) {
        return name.getNameCount() == 1 && !name.isAbsolute() ? in(directories, name.toString()) : executable(name);
    }

    /** A program of this name in one of PATH's directories. */
    static Optional<Path> onPath(String name) {
        return in(searched(), name);
    }

    private static List<Path> searched() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(Pattern.quote(File.pathSeparator), -1))
                .filter(directory -> !directory.isBlank())
                .map(Path::of)
                .toList();
    }

    private static Optional<Path> in(List<Path> directories, String name) {
        return directories.stream()
                .map(directory -> executable(directory.resolve(name)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** Windows leaves the end of a program's name out. */
    private static Optional<Path> executable(Path path) {
        return Stream.of(path, path.resolveSibling(path.getFileName() + ".exe"))
                .filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                .findFirst()
                .map(Path::toAbsolutePath);
    }

    private static String versionOf(Path path) {
        try {
            Process process = new ProcessBuilder(path.toString(), "--version")
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String said = new String(process.getInputStream().readNBytes(10_000), StandardCharsets.UTF_8);
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Matcher version = VERSION.matcher(said);
            if (version.find()) {
                return version.group(1);
            }
        } catch (IOException failure) {
            throw notTheCli(path, failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw notTheCli(path, interrupted);
        }
        throw notTheCli(path, null);
    }

    private static CannotStartException notTheCli(Path path, @Nullable Exception cause) {
        return new CannotStartException(
                SETTING + ": " + path + " does not answer to --version as the Temporal CLI does.", cause);
    }
}
