package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.servers.Ports;
import dev.flowmail.simulator.Simulator;
import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import dev.flowmail.simulator.s3.S3Connector;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.recipients.MailedCodes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.awaitility.core.ConditionFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/** What all end-to-end tests share: the simulator in this JVM, and one Flowmail with its embedded Temporal. */
final class World implements AutoCloseable {
    /** For what comes true when a busy machine gets to it. */
    static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Directories and logs of the programs that the tests run. */
    static final Path LOGS = Path.of("target", "e2e");

    private final AtomicInteger names = new AtomicInteger();
    private final FlowmailProcess flowmail = new FlowmailProcess(
            "flowmail",
            directory("flowmail"),
            // most pages are to be looked at, not left
            Map.of("FLOWMAIL_DECISION_AFTER_ANSWER", "page"));
    private final int port = Ports.free();
    private final ConfigurableApplicationContext simulator = new SpringApplicationBuilder(Simulator.class)
            .properties(Map.of(
                    "simulator.port",
                    port,
                    "simulator.smtp-port",
                    Ports.free(),
                    "simulator.flowmail",
                    flowmail.address(""),
                    "simulator.temporal-ui",
                    flowmail.temporalUi(),
                    // the broken release's worker would write each failure's stack
                    "logging.level.io.temporal",
                    "off"))
            .run();

    final FlowEngine engine = simulator.getBean(FlowEngine.class);
    final Inbox inbox = simulator.getBean(Inbox.class);
    final S3Connector s3 = simulator.getBean(S3Connector.class);
    final Recipient recipient = new Recipient();

    World() {
        flowmail.start();
    }

    /** The simulator's page. */
    URI page() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** The Flowmail that is up all the time. Tests that stop or starve one start their own. */
    FlowmailProcess flowmail() {
        return flowmail;
    }

    /** An empty directory below {@code target/e2e}. */
    Path directory(String name) {
        try {
            Files.createDirectories(LOGS);
            return Files.createTempDirectory(LOGS, name + "-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An address that no other test uses. */
    String person(String name) {
        return name + "." + names.incrementAndGet() + "@example.com";
    }

    /** A decision request: Approve or Reject. */
    ServiceRequest question(String... recipients) {
        return engine.request(Action.DECISION)
                .from("flow@example.com", "Purchasing flow")
                .to(recipients)
                .subject("Purchase order 4711")
                .body("May we order ten chairs?")
                .outcomes("Approve", "Reject");
    }

    /** Sends a decision request that must be accepted. */
    Flow ask(ServiceRequest question) {
        return ask(flowmail.connector(), question);
    }

    /** Sends a decision request that must be accepted. */
    Flow ask(Connector connector, ServiceRequest question) {
        Flow flow = engine.send(connector, question);
        assertThat(flow.status()).as("%s", flow.answer()).isEqualTo(Flow.Status.WAITING);
        return flow;
    }

    /** The first mail to an address, waited for. */
    ReceivedMail mailTo(String address) {
        patiently().untilAsserted(() -> assertThat(inbox.mailsTo(address)).isNotEmpty());
        return inbox.mailsTo(address).get(0);
    }

    /** Sends a plain mail through another request and waits for it: what was on its way before had time to arrive. */
    void letAnotherMailPass(Connector connector) {
        String fence = person("fence");
        engine.send(
                connector,
                engine.request(Action.SIMPLE)
                        .from("flow@example.com", null)
                        .to(fence)
                        .subject("Fence")
                        .body("Fence"));
        mailTo(fence);
    }

    /** Opens the link with this label in the first mail to an address. */
    Page open(String address, String label) {
        return patientlyOpened(mailTo(address).link(label));
    }

    /** As a person opens it again who was told to: the first answer of a fresh process may take longer than a page waits. */
    Page patientlyOpened(URI link) {
        return patiently().until(() -> recipient.open(link), page -> page.status() != 503);
    }

    /** Decides by the link with this label in the first mail to an address. */
    Page decide(String address, String label) {
        Page page = open(address, label);
        return confirmed(() -> recipient.submit(page));
    }

    /** Submits until a worker has confirmed it: a busy machine may answer 202 before. */
    Page confirmed(Supplier<Page> submit) {
        return patiently().until(submit::get, page -> page.status() != 202);
    }

    /** Submits a page with its first button and a code. */
    Page withCode(Page page, String code) {
        return recipient.submit(page, MailedCodes.fields(page, code));
    }

    /** The fresh code that was mailed to an address, waited for. */
    String freshCodeTo(String address) {
        return patiently()
                .until(
                        () -> inbox.mailsTo(address).stream()
                                .flatMap(mail -> MailedCodes.fresh(mail.text()).stream())
                                .findFirst(),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** The callback that moved the flow, waited for. */
    Callback lateAnswer(Flow flow) {
        patiently().until(() -> engine.flow(flow.token()).lateAnswer().isPresent());
        return engine.flow(flow.token()).lateAnswer().orElseThrow();
    }

    /** The receipt that came with the callback that moved the flow, waited for. */
    SignedReceipt receipt(Flow flow) {
        return SignedReceipt.read(lateAnswer(flow).output("Receipt"));
    }

    /** The late answers that came for a flow until now. */
    List<Callback> callbacks(Flow flow) {
        return engine.flow(flow.token()).callbacks();
    }

    /** Lets the engine refuse connections. */
    void stopEngine() {
        webServer().stop();
    }

    void startEngine() {
        webServer().start();
    }

    private WebServer webServer() {
        WebServer server = ((WebServerApplicationContext) simulator).getWebServer();
        if (server == null) {
            throw new IllegalStateException("The simulator has no web server");
        }
        return server;
    }

    /** Conditions that come true when a busy machine gets to it. */
    static ConditionFactory patiently() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(100));
    }

    @Override
    public void close() {
        flowmail.close();
        simulator.close();
    }
}
