package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What {@code /actuator/prometheus} says after a few requests. */
@ExtendWith(EndToEnd.class)
class MetricsIT {
    private final World world;
    private final FlowmailProcess flowmail;

    MetricsIT(World world) {
        this.world = world;
        this.flowmail = new FlowmailProcess("flowmail-metrics", world.directory("metrics"));
    }

    @BeforeEach
    void start() {
        flowmail.start();
    }

    @AfterEach
    void stop() {
        flowmail.close();
    }

    @Test
    void everyStepIsCountedOnceAndNobodyIsNamed() {
        String anna = world.person("anna");
        Flow flow = world.ask(flowmail.connector(), world.question(anna));
        Page page = world.open(anna, "Approve");
        world.confirmed(() -> world.recipient.submit(page));
        world.lateAnswer(flow);
        world.engine.send(
                flowmail.connector(),
                world.engine
                        .request(Action.SIMPLE)
                        .from("flow@example.com", null)
                        .to("not an address"));

        World.patiently()
                .untilAsserted(() -> assertThat(value("flowmail_callbacks_total{result=\"taken\"}"))
                        .isEqualTo(1));
        assertThat(value("flowmail_requests_total{kind=\"decision\",result=\"accepted\"}"))
                .isEqualTo(1);
        assertThat(value("flowmail_requests_total{kind=\"plain\",result=\"refused\"}"))
                .isEqualTo(1);
        assertThat(value("flowmail_mails_total{kind=\"decision\",result=\"sent\"}"))
                .isEqualTo(1);
        assertThat(value("flowmail_answers_total{result=\"recorded\"}")).isPositive();
        assertThat(value("flowmail_decisions_total{ending=\"decided\"}")).isEqualTo(1);
        assertThat(value("flowmail_callback_age_seconds_count")).isEqualTo(1);
        assertThat(value("flowmail_callbacks_waiting")).isZero();

        String code = Path.of(world.mailTo(anna).link("Approve").getPath())
                .getFileName()
                .toString();
        world.recipient.open(flowmail.address("/decide/" + code.substring(1)));
        world.recipient.open(flowmail.address("/other/" + code));
        assertThat(metrics())
                .contains("/decide/")
                .doesNotContain(code, code.substring(1), flow.token(), anna, "decision-", "example.com");
    }

    @Test
    void temporalsSdkSaysHowLongTasksWaited() {
        String anna = world.person("anna");
        world.ask(flowmail.connector(), world.question(anna));
        world.mailTo(anna);

        World.patiently()
                .untilAsserted(() -> assertThat(metrics())
                        .contains(List.of(
                                "temporal_workflow_task_schedule_to_start_latency_seconds_bucket",
                                "temporal_activity_schedule_to_start_latency_seconds_bucket",
                                "temporal_worker_task_slots_available",
                                "temporal_num_pollers")));
    }

    private String metrics() {
        return world.recipient.open(flowmail.address("/actuator/prometheus")).html();
    }

    private double value(String series) {
        Matcher line =
                Pattern.compile("(?m)" + Pattern.quote(series) + " ([0-9.E]+)").matcher(metrics());
        assertThat(line.find()).as(series).isTrue();
        return Double.parseDouble(line.group(1));
    }
}
