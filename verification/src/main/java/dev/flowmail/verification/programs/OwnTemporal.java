package dev.flowmail.verification.programs;

import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.servers.TemporalServer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;
import org.springframework.core.env.SimpleCommandLinePropertySource;

/**
 * Which Temporal is started for a drill or a bench.
 *
 * @param words how reports call it
 * @param maker given the directory of its data and that of its logs
 */
public record OwnTemporal(String words, BiFunction<Path, Path, TemporalServer> maker) {

    /** The dev server on a file; Temporal's own server on PostgreSQL with {@code --postgresql} and {@code --temporal-server}. */
    public static OwnTemporal of(SimpleCommandLinePropertySource given) {
        Path server = path(given, "temporal-server").orElse(Path.of(".tools/temporal-server"));
        return path(given, "postgresql")
                .map(programs -> new OwnTemporal(
                        "own server on PostgreSQL", (disk, logs) -> new TemporalOnPostgresql(server, programs, logs)))
                .orElseGet(() -> new OwnTemporal(
                        "own dev server",
                        (disk, logs) -> new TemporalProcess("temporal", disk.resolve("temporal.db"), logs)));
    }

    private static Optional<Path> path(SimpleCommandLinePropertySource given, String name) {
        return Optional.ofNullable(given.getProperty(name))
                .filter(value -> !value.isBlank())
                .map(Path::of);
    }

    /** Not started yet. */
    public TemporalServer make(Path disk, Path logs) {
        return maker.apply(disk, logs);
    }
}
