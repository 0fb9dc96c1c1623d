package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.http.MediaType;

/**
 * Records what requests leave in Temporal, from the packaged program, for {@code RecordedRequestsTests} of every later
 * release. Runs only with {@code -Dflowmail.histories=RELEASE}, the directory's name; a file that is there is never replaced.
 */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = RecordHistoriesIT.RELEASE, matches = "[0-9a-z.-]+")
class RecordHistoriesIT {
    static final String RELEASE = "flowmail.histories";

    /** For histories that are kept: whoever replays them has to know it. */
    private static final String KEY = "kept:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=";

    private static final Path HISTORIES = Path.of("..", "api", "src", "test", "resources", "histories");

    private final RefusingMailServer refusing = new RefusingMailServer();
    private final SlowFlow slow = new SlowFlow(Duration.ofMillis(800));
    private final SlowFlow verySlow = new SlowFlow(Duration.ofMillis(1_500));
    private final World world;
    private final FlowmailProcess flowmail;
    private final Operator operator;
    private final KeptHistories kept;
    private String name = "";

    RecordHistoriesIT(World world) {
        this.world = world;
        // of its own: whether a host was slow or failed is remembered for a while
        this.flowmail = new FlowmailProcess(
                        "recorded", world.directory("recorded"), Map.of("FLOWMAIL_KEYS_PAYLOADS", KEY))
                .start();
        this.operator = new Operator(flowmail);
        this.kept = new KeptHistories(HISTORIES.resolve(Objects.requireNonNull(System.getProperty(RELEASE))), operator);
    }

    @BeforeEach
    void nameAfter(TestInfo test) {
        name = Arrays.stream(test.getTestMethod().orElseThrow().getName().split("(?=[A-Z])"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .collect(Collectors.joining("-"));
    }

    @AfterEach
    void recover() {
        world.engine.behaviour().recover();
    }

    @AfterAll
    void close() {
        flowmail.close();
        refusing.close();
        slow.close();
        verySlow.close();
    }

    @Test
    void decided() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(world.question(anna).text("Comments", "optional"), anna);
        submit(anna, "Approve");
        keepEnded(flow);
    }

    @Test
    void decidedByQuorumWithStoredContent() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        String carla = world.person("carla");
        Flow flow = asked(
                world.question(anna, ben, carla)
                        .body("Chairs. ".repeat(5_000))
                        .attachments(FlowEngine.file(world.engine.upload(
                                flowmail.connector(), "chairs.txt", MediaType.TEXT_PLAIN, new byte[100])))
                        .text("Answers Needed", "2"),
                anna,
                ben,
                carla);
        submit(anna, "Approve");
        submit(ben, "Reject");
        submit(carla, "Approve");
        keepEnded(flow);
    }

    @Test
    void decidedByVetoWhileAMailIsTried() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = asked(
                world.question(anna, ben, world.person("carla"))
                        .text("Answers Needed", "all")
                        .text("Veto Outcome", "Reject"),
                anna);
        submit(ben, "Reject");
        keepEnded(flow);
    }

    @Test
    void timedOut() throws IOException {
        String anna = world.person("anna");
        keepEnded(asked(world.question(anna).text("Timeout", "PT10S"), anna));
    }

    @Test
    void timedOutWithOutcomeAfterReminders() throws IOException {
        String anna = world.person("anna");
        keepEnded(asked(
                world.question(anna)
                        .text("Timeout", "PT12S")
                        .text("Timeout Outcome", "Reject")
                        .text("Remind Every", "PT3S"),
                anna));
    }

    @Test
    void timedOutWhileAMailIsTried() throws IOException {
        keepEnded(ask(deferred().text("Timeout", "PT4S")));
    }

    @Test
    void noAgreement() throws IOException {
        keepEnded(disagreed("Answers Needed", "all"));
    }

    @Test
    void noAgreementWithOutcome() throws IOException {
        keepEnded(disagreed("Timeout Outcome", "Reject"));
    }

    private Flow disagreed(String input, String value) {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow =
                asked(world.question(anna, ben).text("Answers Needed", "all").text(input, value), anna, ben);
        submit(anna, "Reject");
        submit(ben, "Approve");
        return flow;
    }

    @Test
    void withdrawn() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(world.question(anna).text("Remind Every", "1 day"), anna);
        update(flow, "withdraw", "{\"reason\":\"no longer needed\"}");
        keepEnded(flow);
    }

    @Test
    void cancelled() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(world.question(anna), anna);
        cancel(flow);
        keepEnded(flow);
    }

    @Test
    void cancelledWhileAMailIsTried() throws IOException {
        Flow flow = ask(deferred());
        cancel(flow);
        keepEnded(flow);
    }

    @Test
    void mailFailed() throws IOException {
        keepEnded(ask(refused(world.question(world.person("nobody")))));
    }

    @Test
    void extendedReassignedAndMailedAgain() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        String carla = world.person("carla");
        Flow flow = asked(
                world.question(anna, ben)
                        .text("Timeout", "1 hour")
                        .text("Remind Every", "20 minutes")
                        .text("Answers Needed", "all"),
                anna,
                ben);
        update(flow, "extend", "{\"timeout\":\"3 hours\",\"reason\":\"holidays\"}");
        update(flow, "reassign", "{\"from\":\"" + ben + "\",\"to\":\"" + carla + "\"}");
        awaitMails(flow, 2);
        submit(anna, "Approve");
        update(flow, "resend", "{\"recipient\":\"" + carla + "\",\"reason\":\"deleted by mistake\"}");
        awaitMails(flow, 2);
        update(flow, "resend", "{}");
        awaitMails(flow, 2);
        submit(carla, "Approve");
        keepEnded(flow);
    }

    @Test
    void extendedWhileAMailIsTried() throws IOException {
        Flow flow = ask(deferred().text("Timeout", "PT4S"));
        update(flow, "extend", "{\"timeout\":\"10 days\"}");
        update(flow, "reassign", "{\"from\":\"busy@example.com\",\"to\":\"busy.too@example.com\"}");
        update(flow, "withdraw", "null");
        keepEnded(flow);
    }

    @Test
    void callbackRefusedAndRetried() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(elsewhere(world.question(anna), "localhost"), anna);
        world.engine.behaviour().refuseCallbacks(400, 1);
        submit(anna, "Approve");
        awaitRefusal(flow);
        update(flow, "retryCallback", "{\"reason\":\"Flow is back\"}");
        keepEnded(flow);
    }

    @Test
    void callbackRefusedAndGivenUp() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(elsewhere(world.question(anna), "Localhost"), anna);
        world.engine.behaviour().refuseCallbacks(400, Integer.MAX_VALUE);
        submit(anna, "Approve");
        awaitRefusal(flow);
        update(flow, "retryCallback", "{}");
        awaitRefusal(flow);
        cancel(flow);
        keepEnded(flow);
    }

    @Test
    void callbackTakenAtTheThirdAttempt() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(world.question(anna), anna);
        world.engine.behaviour().refuseCallbacks(503, 2);
        submit(anna, "Approve");
        keepEnded(flow);
    }

    @Test
    void callbackTakenSlowly() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(world.question(anna).member("callbackUri", verySlow.callbackUri()), anna);
        submit(anna, "Approve");
        keepEnded(flow);
    }

    @Test
    void answeredWhileFlowIsTold() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = asked(world.question(anna, ben).member("callbackUri", slow.callbackUri()), anna, ben);
        Page late = world.open(ben, "Reject");
        Thread other = new Thread(() -> submit(anna, "Approve"));
        other.start();
        World.patiently().until(() -> !slow.told(flow.token()).isEmpty());
        assertThat(world.recipient.submit(late).status()).isIn(200, 409);
        keepEnded(flow);
    }

    @Test
    void resetAfterTheMails() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(world.question(anna), anna);
        String id = operator.decision(flow);
        assertThat(operator.run("workflow", "terminate", "-w", id).status()).isZero();
        Operator.Said reset =
                operator.run("workflow", "reset", "-w", id, "--type", "LastWorkflowTask", "--reason", "by mistake");
        assertThat(reset.status()).as(reset.output()).isZero();
        submit(anna, "Approve");
        keepEnded(flow);
    }

    @Test
    void debugDecided() throws IOException {
        String anna = world.person("anna");
        Flow flow = asked(world.question(anna).member("executionMode", "DEBUG"), anna);
        submit(anna, "Approve");
        keepEnded(flow);
    }

    @Test
    void debugMailFailed() throws IOException {
        keepEnded(world.engine.send(
                flowmail.connector(),
                refused(world.question(world.person("nobody"), world.person("nobody")))
                        .member("executionMode", "DEBUG")));
    }

    @Test
    void nobodyIsAsked() throws IOException {
        world.engine.send(
                flowmail.connector(), world.question(world.person("anna")).outcomes());
        keepEnded(operator.decisionOfNoFlow());
    }

    @Test
    void stillWaiting() throws IOException {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = asked(world.question(anna, ben).text("Answers Needed", "all"), anna, ben);
        submit(anna, "Approve");
        kept.keep(name, operator.decision(flow));
    }

    private ServiceRequest deferred() {
        return refused(world.question("busy@example.com"));
    }

    private ServiceRequest refused(ServiceRequest question) {
        return question.mailServer("127.0.0.1", refusing.port(), "plain");
    }

    /** The same engine by another name: a host that fails or is slow is remembered by its name. */
    private ServiceRequest elsewhere(ServiceRequest question, String host) {
        return question.member("callbackUri", world.engine.callbackUri().replace("127.0.0.1", host));
    }

    private Flow ask(ServiceRequest question) {
        return world.ask(flowmail.connector(), question);
    }

    private Flow asked(ServiceRequest question, String... recipients) {
        Flow flow = ask(question);
        for (String recipient : recipients) {
            world.mailTo(recipient);
        }
        awaitMails(flow, recipients.length);
        return flow;
    }

    private void awaitMails(Flow flow, int sent) {
        String id = operator.decision(flow);
        World.patiently()
                .until(() -> operator.state(id)
                                .path("people")
                                .valueStream()
                                .filter(person ->
                                        person.path("mail").asString("").equals("SENT"))
                                .count()
                        >= sent);
    }

    private void submit(String person, String label) {
        assertThat(world.decide(person, label).status()).isIn(200, 409);
    }

    private void update(Flow flow, String update, String input) {
        Operator.Said said = operator.update(operator.decision(flow), update, input);
        assertThat(said.status()).as(said.output()).isZero();
    }

    private void cancel(Flow flow) {
        assertThat(operator.run("workflow", "cancel", "-w", operator.decision(flow))
                        .status())
                .isZero();
    }

    private void awaitRefusal(Flow flow) {
        String id = operator.decision(flow);
        World.patiently()
                .until(() -> operator.state(id).path("callback").asString("").equals("FAILED"));
    }

    private void keepEnded(Flow flow) throws IOException {
        keepEnded(operator.decision(flow));
    }

    private void keepEnded(String id) throws IOException {
        operator.awaitEnd(id);
        kept.keep(name, id);
    }
}
