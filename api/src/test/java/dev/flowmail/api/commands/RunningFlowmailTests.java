package dev.flowmail.api.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.flowmail.api.FlowmailProcess;
import io.temporal.api.operatorservice.v1.ListNexusEndpointsRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.OperatorServiceStubs;
import io.temporal.serviceclient.OperatorServiceStubsOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What commands do with the whole program while it runs, each in a process of its own. */
@Tag("programs")
@Execution(ExecutionMode.CONCURRENT)
class RunningFlowmailTests {

    private static final Pattern LINK = Pattern.compile("http://localhost:\\d+(/decide/[\\w-]+)");

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    @TempDir
    private static Path directory;

    private static GreenMail mails;
    private static FlowmailProcess flowmail;

    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeAll
    static void start() {
        mails = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        mails.start();
        flowmail = new FlowmailProcess(directory.resolve("data"), Map.of("FLOWMAIL_NETWORK_ALLOW", "127.0.0.1"))
                .awaitReady();
    }

    @AfterAll
    static void stop() {
        flowmail.close();
        mails.stop();
    }

    @Test
    void whatNamesAMailboxIsListedAndDeletedOnceItHasEnded() throws Exception {
        ask("ended", "Anna.B@example.com");
        terminateAll();
        ask("open", "anna.b@example.com");
        ask("another", "joanna.b@example.com");

        String listed = flowmail.command("forget", "anna.B@EXAMPLE.com");

        assertThat(listed)
                .containsPattern("decision-[0-9a-f]{40}  \\S+  ended\\R")
                .containsPattern("decision-[0-9a-f]{40}  \\S+  open, left\\R")
                .contains("1 ended, 1 open and left.", "with --yes")
                .endsWith("0");

        assertThat(flowmail.command("forget", "--yes", "anna.b@example.com"))
                .contains("  deleted", "1 deleted, 1 open and left.")
                .endsWith("0");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(flowmail.command("forget", "anna.b@example.com"))
                        .contains("0 ended, 1 open"));
        assertThat(flowmail.command("forget", "joanna.b@example.com")).contains("0 ended, 1 open");
        assertThat(flowmail.command("forget", "anna"))
                .contains("ADDRESS is not an email address")
                .endsWith("2");
        assertThat(flowmail.output().toLowerCase(Locale.ROOT)).doesNotContain("anna.b");
        terminateAll();
    }

    @Test
    void theLastLineOfAStartSaysWhereItIsReady() {
        List<String> lines = flowmail.output().lines().toList();

        assertThat(lines.get(0)).contains("Starting ");
        assertThat(lines).filteredOn(line -> line.contains("Listening on")).hasSize(1);
        assertThat(lines.subList(lines.indexOf(ready(lines)), lines.size()))
                .filteredOn(line -> line.contains("StartLog") || line.contains("Worker started"))
                .containsExactly(ready(lines));
    }

    private static String ready(List<String> lines) {
        return lines.stream()
                .filter(line -> line.endsWith("Ready: " + flowmail.url()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void plainMailsAreFoundAndDeletedToo() throws Exception {
        assertThat(send("carol@example.com").statusCode()).isEqualTo(200);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(flowmail.command("forget", "carol@example.com"))
                        .containsPattern("send-[0-9a-f]{40}  \\S+  ended\\R"));

        assertThat(flowmail.command("forget", "carol@example.com", "--yes")).contains("1 deleted, 0 open");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(flowmail.command("forget", "carol@example.com"))
                        .contains("0 ended, 0 open"));
    }

    @Test
    void workflowsAreOfferedNothingUntilAnEndpointIsSet() {
        OperatorServiceStubs operator = OperatorServiceStubs.newServiceStubs(OperatorServiceStubsOptions.newBuilder()
                .setTarget(flowmail.temporalAddress())
                .validateAndBuildWithDefaults());
        try {
            assertThat(operator.blockingStub()
                            .listNexusEndpoints(ListNexusEndpointsRequest.getDefaultInstance())
                            .getEndpointsList())
                    .isEmpty();
        } finally {
            operator.shutdownNow();
        }
    }

    private static void terminateAll() {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(flowmail.temporalAddress())
                .build());
        try {
            WorkflowClient client = WorkflowClient.newInstance(stubs);
            await().atMost(PATIENCE)
                    .until(() -> client.listExecutions("ExecutionStatus = 'Running'")
                            .findAny()
                            .isPresent());
            client.listExecutions("ExecutionStatus = 'Running'")
                    .forEach(run -> client.newUntypedWorkflowStub(
                                    run.getExecution().getWorkflowId())
                            .terminate("test"));
            await().atMost(PATIENCE)
                    .until(() -> client.listExecutions("ExecutionStatus = 'Running'")
                            .findAny()
                            .isEmpty());
        } finally {
            stubs.shutdownNow();
        }
    }

    @Test
    void newRequestsAreRefusedUntilItIsUndoneAndAllElseIsServed() throws Exception {
        int before = mails.getReceivedMessages().length;
        assertThat(ask("first").statusCode()).isEqualTo(200);
        assertThat(mails.waitForIncomingEmail(30_000, before + 1)).isTrue();
        String link = link(mails.getReceivedMessages()[before]);

        String drained = flowmail.command("drain");

        assertThat(drained).contains("1 request still waits").endsWith("0");
        HttpResponse<String> refused = ask("second");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        assertThat(refused.headers().firstValue("X-ManyWho-Service-Problem-Kind"))
                .contains("service");
        assertThat(refused.body()).contains("takes no new requests", "\"statusCode\":503");
        assertThat(ask("first").statusCode())
                .as("what was accepted, asked again")
                .isEqualTo(200);
        assertThat(flowmail.get("/actuator/health/readiness")).isEqualTo(200);
        assertThat(flowmail.get("/")).isEqualTo(200);
        assertThat(flowmail.get(link)).isEqualTo(200);

        flowmail.terminate().startAgain().awaitReady();

        assertThat(flowmail.output()).contains("Drained: new requests are answered 503");
        assertThat(ask("third").statusCode()).isEqualTo(503);
        assertThat(flowmail.command("drain", "--undo"))
                .contains("takes new requests again")
                .endsWith("0");
        assertThat(ask("third").statusCode()).isEqualTo(200);
    }

    /** The decision page that a mail links, as path. */
    private static String link(Part mail) throws IOException, MessagingException {
        if (mail.getContent() instanceof Multipart parts) {
            return link(parts.getBodyPart(0));
        }
        Matcher link = LINK.matcher(mail.getContent().toString());
        assertThat(link.find()).isTrue();
        return link.group(1);
    }

    private HttpResponse<String> ask(String token) throws IOException, InterruptedException {
        return ask(token, "anna@example.com");
    }

    private HttpResponse<String> ask(String token, String recipient) throws IOException, InterruptedException {
        return post("email-choices", """
            {"token":"%s","tenantId":"t","stateId":"s","callbackUri":"http://127.0.0.1:1/callback",
            "inputs":[{"developerName":"From","contentType":"ContentObject","objectData":[%s]},
            {"developerName":"To","contentType":"ContentList","objectData":[%s]},
            {"developerName":"Subject","contentValue":"Invoice","contentType":"ContentString"},
            {"developerName":"Body","contentValue":"Text","contentType":"ContentString"}],
            "outcomes":[{"id":"1","developerName":"approve","label":"Approve","order":1}],
            """.formatted(token, contact("flow@example.com"), contact(recipient)));
    }

    private HttpResponse<String> send(String recipient) throws IOException, InterruptedException {
        return post("email-simple", """
            {"tenantId":"t","stateId":"s","inputs":[
            {"developerName":"From","contentValue":"flow@example.com","contentType":"ContentString"},
            {"developerName":"To","contentValue":"%s","contentType":"ContentString"},
            {"developerName":"Subject","contentValue":"Invoice","contentType":"ContentString"},
            {"developerName":"Body","contentValue":"Text","contentType":"ContentString"}],
            """.formatted(recipient));
    }

    private HttpResponse<String> post(String action, String beginning) throws IOException, InterruptedException {
        String body = beginning + """
            "configurationValues":[
            {"developerName":"Host","contentValue":"127.0.0.1","contentType":"ContentString"},
            {"developerName":"Port","contentValue":"%d","contentType":"ContentNumber"},
            {"developerName":"Transport","contentValue":"plain","contentType":"ContentString"}]}
            """.formatted(mails.getSmtp().getPort());
        return client.send(
                HttpRequest.newBuilder(URI.create(flowmail.url() + "/api/email/1/actions/" + action))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static String contact(String address) {
        return "{\"developerName\":\"Contact\",\"properties\":[{\"developerName\":\"Email\",\"contentValue\":\""
                + address + "\",\"contentType\":\"ContentString\"}]}";
    }
}
