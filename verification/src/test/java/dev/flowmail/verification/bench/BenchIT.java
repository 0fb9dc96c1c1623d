package dev.flowmail.verification.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Program;
import dev.flowmail.servers.TemporalProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The bench in its shortest form, by its command. */
@Isolated("it measures")
class BenchIT {
    /** It takes a minute; a busy machine makes it many. */
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private static final List<String> MEASURED_ON_BOTH = List.of(
            "decisions a second, 2 callers",
            "plain sends a second, 2 callers",
            "CPU of a decision, own process",
            "CPU of a decision, Temporal's process",
            "accepting, one caller, p50",
            "click to callback, one caller, p50",
            "click to callback, 2 callers, p50",
            "request to mail, 2 callers, p95",
            "billable actions of a decision, queries apart",
            "memory idle, resident",
            "memory under load, heap after a collection",
            "held decision (bare: a plain one): CPU, own process",
            "held decision (bare: a plain one): history",
            "with a fresh code (bare: without): CPU, own process",
            "with a fresh code (bare: without): history",
            "last callback of the first 20 decisions at once",
            "CPU of a decision in that burst, own process",
            "start to readiness (bare: an empty web application)");

    @Test
    void everyFigureIsMeasured(@TempDir Path directory) throws IOException {
        Path json = directory.resolve("bench.json");
        Program bench = new Program(
                Path.of("target", "bench", "bench.log"),
                List.of(
                        "../flowmail",
                        "bench",
                        "--seconds=2",
                        "--rounds=1",
                        "--concurrency=2",
                        "--warm-up=6",
                        "--burst=20",
                        "--json=" + json),
                Map.of("TEMPORAL_CLI", TemporalProcess.cli().toString()));

        bench.start();

        int code = bench.awaitEnd(PATIENCE);
        JsonNode report = JsonMapper.shared().readTree(Files.readString(json));
        assertThat(report.path("failures")).as(bench.toString()).isEmpty();
        assertThat(code)
                .as("3 when the machine is too busy, and the report says so")
                .isEqualTo(report.path("noise").isEmpty() ? 0 : 3);
        JsonNode figures = report.path("figures");
        for (JsonNode figure : figures) {
            if (figure.path("name").asString().equals("plain sends whose task Temporal lost and gave again")) {
                continue;
            }
            assertThat(figure.path("flowmail").asDouble())
                    .as(figure.path("name").asString())
                    .isPositive();
            if (figure.path("name").asString().startsWith("pages")) {
                continue;
            }
            assertThat(figure.path("bare").asDouble())
                    .as(figure.path("name").asString())
                    .isPositive();
        }
        assertThat(figures.valueStream().map(figure -> figure.path("name").asString()))
                .containsAll(MEASURED_ON_BOTH);
    }
}
