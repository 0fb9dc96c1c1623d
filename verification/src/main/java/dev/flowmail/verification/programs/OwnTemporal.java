package dev.flowmail.verification.programs;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Which Temporal is started for a drill or a bench.
 *
 * @param words how reports call it
 * @param maker given the directory of its data and that of its logs
 */
public record OwnTemporal(String words, BiFunction<Path, Path, TemporalServer> maker) {

    /** The dev server on a file; Temporal's own server on PostgreSQL where the directories of both are given. */
    public static OwnTemporal of(Optional<Path> postgresql, Path server) {
        return postgresql
                .map(programs -> new OwnTemporal(
                        "own server on PostgreSQL", (disk, logs) -> new TemporalOnPostgresql(server, programs, logs)))
                .orElseGet(() -> new OwnTemporal(
                        "own dev server",
                        (disk, logs) -> new TemporalProcess("temporal", disk.resolve("temporal.db"), logs)));
    }

    /** Not started yet. */
    public TemporalServer make(Path disk, Path logs) {
        return maker.apply(disk, logs);
    }
}
