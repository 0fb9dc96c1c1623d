package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Program;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Grafana dashboard and the alert rules under deploy/, on a real Prometheus. */
@ExtendWith(EndToEnd.class)
class DashboardIT {
    private static final Path DASHBOARD = Path.of("..", "deploy", "grafana", "flowmail.json");
    private static final Path RUNBOOK = Path.of("..", "docs", "operators.md");

    private final World world;

    DashboardIT(World world) {
        this.world = world;
    }

    @Test
    void everyPanelOfTheDashboardHasDataUnderLoad() throws IOException {
        FlowmailProcess flowmail = new FlowmailProcess("flowmail-dashboard", world.directory("dashboard"));
        Prometheus prometheus = new Prometheus(flowmail, world.directory("prometheus"));
        try (flowmail;
                prometheus) {
            flowmail.start();
            prometheus.start();
            List<String> withoutData = new ArrayList<>(queries());
            assertThat(withoutData).hasSizeGreaterThan(20);

            World.patiently().untilAsserted(() -> {
                load(flowmail);
                withoutData.removeIf(query -> hasData(prometheus, query));
                assertThat(withoutData).isEmpty();
            });
            assertThat(prometheus.query("ALERTS{alertstate=\"firing\",severity=\"page\"}"))
                    .isEmpty();
        }
    }

    private void load(FlowmailProcess flowmail) {
        String anna = world.person("anna");
        Flow flow = world.ask(flowmail.connector(), world.question(anna));
        world.engine.send(
                flowmail.connector(),
                world.engine
                        .request(Action.SIMPLE)
                        .from("flow@example.com", null)
                        .to(world.person("carla"))
                        .subject("Load")
                        .body("Load"));
        Page page = world.open(anna, "Approve");
        world.confirmed(() -> world.recipient.submit(page));
        world.lateAnswer(flow);
    }

    /** The expressions of all panels, with Grafana's variables filled in. */
    private static List<String> queries() throws IOException {
        JsonNode dashboard = new JsonMapper().readTree(Files.readString(DASHBOARD));
        return dashboard
                .path("panels")
                .valueStream()
                .flatMap(panel -> panel.path("targets").valueStream())
                .map(target -> target.path("expr").asString())
                .map(query -> query.replace("$job", "flowmail").replace("$__rate_interval", "15s"))
                .toList();
    }

    private static boolean hasData(Prometheus prometheus, String query) {
        return prometheus.query(query).stream()
                .map(series -> series.path("value").path(1).asString())
                .anyMatch(value -> !value.equals("NaN"));
    }

    @Test
    void promtoolTakesTheConfigurationAndTheRules() {
        assertThat(promtool("check", "rules", "alerts.yml")).isZero();
        assertThat(promtool("check", "config", "--syntax-only", "prometheus.yml"))
                .isZero();
    }

    @Test
    void eachAlertFiresWhenItShallAndNotWhenAllIsWell() throws IOException {
        assertThat(promtool("test", "rules", "alerts-test.yml")).isZero();

        String tests = Files.readString(Prometheus.CONFIGURATION.resolve("alerts-test.yml"));
        assertThat(matches("- alert: (\\w+)", "alerts.yml"))
                .allSatisfy(alert -> assertThat(Pattern.compile("alertname: " + alert + "\n +exp_alerts:\n")
                                .matcher(tests)
                                .find())
                        .as(alert)
                        .isTrue());
    }

    @Test
    void eachAlertLeadsToASectionOfTheRunbook() throws IOException {
        List<String> sections;
        try (Stream<String> lines = Files.lines(RUNBOOK)) {
            sections = lines.filter(line -> line.matches("#+ .*"))
                    .map(line -> line.replaceFirst("#+ ", "")
                            .toLowerCase(Locale.ROOT)
                            .replaceAll("[^a-z0-9 -]", "")
                            .replace(' ', '-'))
                    .toList();
        }

        assertThat(matches("runbook: docs/operators.md#(\\S+)", "alerts.yml"))
                .isNotEmpty()
                .isSubsetOf(sections);
    }

    private static List<String> matches(String pattern, String file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(Prometheus.CONFIGURATION.resolve(file)))
                .results()
                .map(match -> match.group(1))
                .toList();
    }

    private static int promtool(String first, String second, String... more) {
        List<String> command = new ArrayList<>(List.of(Prometheus.tool("promtool"), first, second));
        for (String argument : more) {
            command.add(
                    argument.startsWith("--")
                            ? argument
                            : Prometheus.CONFIGURATION.resolve(argument).toString());
        }
        Program program = new Program(World.LOGS.resolve("promtool.log"), command, Map.of());
        program.start();
        return program.awaitEnd();
    }
}
