package dev.flowmail.api.drain;

import dev.flowmail.api.config.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Whether the Flowmail of a data directory is drained: a file there says so, which a command writes and the running Flowmail
 * looks for at each request. It outlives restarts: who drains for a move must not be handed requests by a crash.
 */
public final class Drain {

    private static final String FILE = "drained";

    private final Path file;

    public Drain(Path dataDirectory) {
        this.file = dataDirectory.resolve(FILE);
    }

    public boolean isOn() {
        return Files.exists(file);
    }

    /** Returns once it is on the disk. */
    public void begin() throws IOException {
        PrivateFiles.write(file, "Since " + Instant.now() + "; ./flowmail drain --undo ends it.\n");
    }

    /** Returns whether it was on. */
    public boolean end() throws IOException {
        return Files.deleteIfExists(file);
    }
}
