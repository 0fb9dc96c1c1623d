package dev.flowmail.api.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.servers.DeafServer;
import dev.flowmail.servers.ScriptedSmtpServer;
import dev.flowmail.servers.WebServer;
import io.temporal.api.enums.v1.EventType;
import jakarta.mail.MessagingException;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Files behind a Download Uri, characters that software took for line ends, and as much of everything as Temporal's limits let
 * through, with the whole program.
 */
@Tag("programs")
@Execution(ExecutionMode.CONCURRENT)
class MailsInTheWildTest {
    private static final Fault NONE = new Fault("none", "plain", false, server -> {});

    @TempDir
    private static Path data;

    private static RunningFlowmail flowmail;

    private final List<String> fetched = new CopyOnWriteArrayList<>();
    private WebServer files;

    @BeforeAll
    static void startFlowmail() throws IOException {
        flowmail = new RunningFlowmail(data);
    }

    @AfterAll
    static void stopFlowmail() {
        flowmail.close();
    }

    @BeforeEach
    void startFiles() {
        files = new WebServer().on("/", exchange -> {
            fetched.add(exchange.getRequestURI().getPath());
            exchange.getResponseHeaders().add("Content-Type", "text/plain");
            WebServer.answer(exchange, 200, "a file");
        });
    }

    @AfterEach
    void stopFiles() {
        files.close();
    }

    @Test
    void aPlainMailsFileIsFetchedByAnActivityOfItsOwnWhileTheMailServerHangs() throws IOException {
        try (DeafServer dead = new DeafServer()) {
            String token = UUID.randomUUID().toString();
            ObjectNode request = flowmail.request(NONE, dead.port(), token, false);
            attach(request, address("/offer.txt"));

            assertThat(flowmail.post("email", request).status()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(30))
                    .until(() -> flowmail.activities
                            .listExecutions("FlowmailState = '" + token + "' AND ActivityType = 'FetchAttachments'"
                                    + " AND ExecutionStatus = 'Completed'")
                            .findAny()
                            .isPresent());
            assertThat(fetched).containsExactly("/offer.txt");
        }
    }

    @Test
    void aDecisionsFileIsFetchedByAnActivityOfItsOwnWhileTheMailServerHangs() throws IOException {
        try (DeafServer dead = new DeafServer()) {
            String token = UUID.randomUUID().toString();
            ObjectNode request = flowmail.request(NONE, dead.port(), token, false);
            attach(request, address("/offer.txt"));

            assertThat(flowmail.post("email-choices", request).status()).isEqualTo(200);

            await().atMost(Duration.ofSeconds(30)).until(() -> {
                String id = flowmail.workflowId(token).orElse(null);
                return id != null
                        && flowmail.workflows.fetchHistory(id).getEvents().stream()
                                .anyMatch(
                                        event -> event.getEventType() == EventType.EVENT_TYPE_ACTIVITY_TASK_COMPLETED);
            });
            assertThat(fetched).containsExactly("/offer.txt");
        }
    }

    @Test
    void charactersThatEndInTheBytesOfALineBreakAreTheSameInTheMailOnThePageAndInFlow() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer()) {
            String token = UUID.randomUUID().toString();
            String text = "患者の脳腫瘍について \u760d\u760a";
            ObjectNode request = flowmail.request(NONE, server.port(), token, false);
            set(request, "Subject", text);
            set(request, "Body", text);
            set(request, "Comments", "required");
            set(request, "Confirmation", "button");
            ((ObjectNode) request.get("inputs").get(0).get("objectData").get(0))
                    .withArrayProperty("properties")
                    .addObject()
                    .put("developerName", "Name")
                    .put("contentValue", "腫瘍内科");
            ((ObjectNode) request.get("outcomes").get(0)).put("label", "腫瘍ではない");
            attach(request, address("/a.pdf"));
            named(request, "Attachments")
                    .get("objectData")
                    .get(0)
                    .withArrayProperty("properties")
                    .addObject()
                    .put("developerName", "Name")
                    .put("contentValue", "腫瘍 \u760a.txt");
            assertThat(flowmail.post("email-choices", request).status()).isEqualTo(200);
            await().atMost(Duration.ofMinutes(1)).until(() -> server.mails().size() >= 2);

            String mail = server.mails().get(0);
            assertThat(mail).matches("(?s)\\p{ASCII}*");
            MimeMessage read = read(mail);
            assertThat(read.getSubject()).isEqualTo(text);
            assertThat(read.getFrom()[0].toString()).contains("=?UTF-8?B?");
            assertThat(text(read)).contains(text, "腫瘍内科", "腫瘍ではない");
            Answer page = flowmail.get(link(mail));
            assertThat(page.body()).contains(text, "腫瘍内科", "腫瘍ではない", "腫瘍 \u760a.txt");

            assertThat(flowmail.decide(link(mail), text).body()).contains("腫瘍ではない");
            assertThat(await().atMost(Duration.ofMinutes(1))
                            .until(() -> flowmail.callback(token), Optional::isPresent)
                            .orElseThrow()
                            .toString())
                    .contains(text);
        }
    }

    @Test
    void asManyPeopleFilesAndOutcomesAsARequestMayHaveAreAllMailed() throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer()) {
            ObjectNode request =
                    flowmail.request(NONE, server.port(), UUID.randomUUID().toString(), false);
            people(request, 100);
            for (int file = 0; file < 50; file++) {
                String start = address("/" + file + ".txt?signature=");
                attach(request, start + "x".repeat(1_500 - start.length()));
            }
            ArrayNode outcomes = request.putArray("outcomes");
            for (int outcome = 0; outcome < 50; outcome++) {
                outcomes.addObject()
                        .put("id", "outcome-" + outcome)
                        .put("developerName", outcome + "長".repeat(490))
                        .put("label", outcome + "長".repeat(490));
            }

            Answer answer = flowmail.post("email-choices", request);

            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            await().atMost(Duration.ofMinutes(4)).until(() -> server.mails().size() >= 100);
            assertThat(fetched).hasSize(50).doesNotHaveDuplicates();
        }
    }

    /** The letters that take the most room as JSON in UTF-8. */
    @Test
    void asManyAndAsLongAnswersAsThereCanBeReachFlow() throws Exception {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer()) {
            String token = UUID.randomUUID().toString();
            ObjectNode request = flowmail.request(NONE, server.port(), token, false);
            people(request, 100);
            String name = "長".repeat(490);
            request.putArray("outcomes")
                    .addObject()
                    .put("id", "yes")
                    .put("developerName", name)
                    .put("label", name);
            set(request, "Answers Needed", "all");
            set(request, "Comments", "required");
            set(request, "Confirmation", "button");
            assertThat(flowmail.post("email-choices", request).status()).isEqualTo(200);
            await().atMost(Duration.ofMinutes(2)).until(() -> server.mails().size() >= 100);

            String comment = "長".repeat(2_000);
            for (String mail : server.mails()) {
                Answer answer = flowmail.decide(link(mail), comment);
                assertThat(answer.status()).as(answer.body()).isIn(200, 202);
            }

            JsonNode told = await().atMost(Duration.ofMinutes(1))
                    .until(() -> flowmail.callback(token), Optional::isPresent)
                    .orElseThrow();
            assertThat(told.path("selectedOutcomeId").asString()).isEqualTo("yes");
            assertThat(told.toString().split(comment, -1)).hasSizeGreaterThan(100);
            Answer page = flowmail.get(link(server.mails().get(0)));
            assertThat(page.status()).isEqualTo(200);
        }
    }

    private static MimeMessage read(String mail) throws MessagingException {
        return new MimeMessage(null, new ByteArrayInputStream(mail.getBytes(StandardCharsets.UTF_8)));
    }

    private static String link(String mail) throws Exception {
        String text = text(read(mail));
        Matcher link = Pattern.compile("/decide/\\S+").matcher(text);
        assertThat(link.find()).as(text).isTrue();
        return link.group();
    }

    /** The first part, which is the text. */
    private static String text(Part mail) throws Exception {
        return mail.getContent() instanceof MimeMultipart parts
                ? text(parts.getBodyPart(0))
                : mail.getContent().toString();
    }

    private static void set(ObjectNode request, String input, String value) {
        named(request, input).put("contentValue", value);
    }

    private static ObjectNode named(ObjectNode request, String input) {
        ArrayNode inputs = (ArrayNode) request.get("inputs");
        return StreamSupport.stream(inputs.spliterator(), false)
                .filter(given -> given.path("developerName").asString().equals(input))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseGet(() -> inputs.addObject().put("developerName", input));
    }

    @Test
    void configurationValuesThatAllMailsTogetherCannotCarryAre400() throws IOException {
        try (ScriptedSmtpServer server = new ScriptedSmtpServer()) {
            ObjectNode request =
                    flowmail.request(NONE, server.port(), UUID.randomUUID().toString(), false);
            people(request, 100);
            ((ArrayNode) request.get("configurationValues"))
                    .addObject()
                    .put("developerName", "Password")
                    .put("contentValue", "x".repeat(15_000));

            Answer answer = flowmail.post("email-choices", request);

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.message())
                    .contains("100 mails", "configuration values")
                    .doesNotContain("xxx");
        }
    }

    private String address(String path) {
        return files.address(path);
    }

    private static void attach(ObjectNode request, String address) {
        named(request, "Attachments")
                .withArrayProperty("objectData")
                .addObject()
                .put("developerName", "$File")
                .putArray("properties")
                .addObject()
                .put("developerName", "Download Uri")
                .put("contentValue", address);
    }

    private static void people(ObjectNode request, int number) {
        ArrayNode people = named(request, "To").putArray("objectData");
        for (int person = 0; person < number; person++) {
            people.addObject()
                    .put("developerName", "Contact")
                    .putArray("properties")
                    .addObject()
                    .put("developerName", "Email")
                    .put("contentValue", "person" + person + "@example.com");
        }
    }
}
