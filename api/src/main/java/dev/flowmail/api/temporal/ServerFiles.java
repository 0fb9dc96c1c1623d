package dev.flowmail.api.temporal;

import dev.flowmail.api.settings.CannotStartException;
import dev.flowmail.api.settings.TemporalProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the embedded Temporal server keeps in the data directory, and which CLI can read it.
 *
 * @param directory the data directory's absolute path
 */
record ServerFiles(Path directory) {

    private static final String START_OVER =
            "To start over without the open requests, move all files temporal.db* out of the directory.";

    Path database() {
        return directory.resolve("temporal.db");
    }

    /** What the server writes to its output. */
    Path log() {
        return directory.resolve("temporal.log");
    }

    /** Which process the server is. */
    Path process() {
        return directory.resolve("temporal.pid");
    }

    private Path version() {
        return directory.resolve("temporal.version");
    }

    /** The version that wrote the database; empty when there is none yet. */
    Optional<String> writer() throws IOException {
        if (Files.notExists(database())) {
            return Optional.empty();
        }
        return Optional.of(Files.exists(version()) ? Files.readString(version()).strip() : "unknown");
    }

    /** From now on this one writes the database. */
    void recordWriter(TemporalCli cli) throws IOException {
        Files.writeString(version(), cli.version());
    }

    /**
     * The CLI that serves the directory: the one that wrote its database.
     *
     * @throws CannotStartException when that one is not to be found
     */
    TemporalCli cli(TemporalProperties settings) throws IOException {
        Optional<String> writer = writer();
        TemporalCli cli = TemporalCli.find(settings.cli(), writer);
        if (writer.isPresent() && !writer.get().equals(cli.version())) {
            throw new CannotStartException("FLOWMAIL_DATA_DIRECTORY (flowmail.data-directory): " + database()
                    + " was written by Temporal CLI " + writer.get() + ", but " + cli.path() + " is " + cli.version()
                    + ". Start Flowmail with ./flowmail serve and leave TEMPORAL_CLI unset: it fetches that version. Or"
                    + " set TEMPORAL_CLI to a CLI of version " + writer.get() + ", or put one on the PATH as temporal-"
                    + writer.get() + ". " + START_OVER);
        }
        cli.requireRecent(writer.map(
                version -> "It wrote " + database() + ", which only the Flowmail of that time serves. " + START_OVER));
        return cli;
    }
}
