package dev.flowmail.verification.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Histories in files, encrypted as they are: one event a line, without what names the machine. */
final class KeptHistories {
    private final Path directory;
    private final Operator operator;

    KeptHistories(Path directory, Operator operator) {
        this.directory = directory;
        this.operator = operator;
    }

    /** Keeps what Temporal has of a request's latest run, unless a file of that name is there. */
    void keep(String name, String workflowId) throws IOException {
        Path file = directory.resolve(name + ".json");
        if (Files.exists(file)) {
            return;
        }
        String events = JsonMapper.shared()
                .readTree(operator.history(workflowId))
                .path("events")
                .valueStream()
                .map(KeptHistories::nameless)
                .collect(Collectors.joining(",\n"));
        Files.createDirectories(directory);
        Files.writeString(file, "{\"events\":[\n" + events + "\n]}\n");
    }

    private static String nameless(JsonNode event) {
        event.findParents("identity").forEach(parent -> ((ObjectNode) parent).remove("identity"));
        return event.toString();
    }
}
