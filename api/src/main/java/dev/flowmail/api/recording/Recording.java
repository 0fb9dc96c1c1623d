package dev.flowmail.api.recording;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.config.PrivateFiles;
import dev.flowmail.api.settings.CannotStartException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** A file of mode 0600 that gets one line of JSON for each request, until it is large enough. */
final class Recording {
    private static final Logger LOG = LoggerFactory.getLogger(Recording.class);

    /** Some thousand requests show more than anybody will read. */
    private static final long LARGEST = 20L * 1024 * 1024;

    private final Path file;

    private Recording(Path file) {
        this.file = file;
    }

    /** @throws CannotStartException when nothing can be written there */
    static Recording open(Path file) {
        try {
            if (!Files.exists(file)) {
                PrivateFiles.write(file, "");
            }
            Files.writeString(file, "", StandardOpenOption.APPEND);
        } catch (IOException unusable) {
            throw new CannotStartException(
                    "FLOWMAIL_FLOW_RECORDING (flowmail.flow.recording): " + file
                            + " cannot be written; name a file in a directory that exists and may be written to.",
                    unusable);
        }
        LOG.warn("Flow's requests are recorded, redacted, in {}", file.toAbsolutePath());
        return new Recording(file);
    }

    synchronized void add(JsonNode line) {
        try {
            if (Files.size(file) < LARGEST) {
                Files.writeString(
                        file,
                        FlowJson.mapper().writeValueAsString(line) + "\n",
                        StandardCharsets.UTF_8,
                        StandardOpenOption.APPEND);
            }
        } catch (IOException unusable) {
            // the request itself is fine
            LOG.warn(
                    "Flow's request could not be recorded: {}",
                    unusable.getClass().getName());
        }
    }
}
