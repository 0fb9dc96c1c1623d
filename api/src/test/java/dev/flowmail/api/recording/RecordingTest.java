package dev.flowmail.api.recording;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.WireTest;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Flow's requests in a file, as they may be shown to others. */
@WireTest
class RecordingTest {
    private static final String WHO = "ManyWhoTenantId%3Dt1%26Email%3Djane%40example.com%26Token%3Dsecret";

    @TempDir
    private static Path directory;

    @LocalServerPort
    private int port;

    @DynamicPropertySource
    static void recordInto(DynamicPropertyRegistry settings) {
        settings.add("flowmail.flow.recording", () -> directory.resolve("flow.jsonl"));
    }

    @Test
    void aRequestKeepsItsStructureAndFlowsOwnWordsAndNothingElse() throws IOException {
        ObjectNode request = Http.sample("email-choices-request.json");
        ((ArrayNode) request.get("outcomes"))
                .addObject()
                .put("id", "318B0F3A-A570-4C5D-835C-21C1EEB17787")
                .put("developerName", "Fault")
                .put("label", "Something Private")
                .put("pageActionType", "delete");
        request.putObject("annotations").put("anna@example.com", "private").put("count", 4711);
        request.put("platformUri", "https://private.example.com/x?y=z");

        Http.post(port, "/api/email/1/actions/email-choices", request, "Authorization", WHO, "X-Own", "private");

        JsonNode line = lastLine();
        assertThat(line.path("status").asInt()).isEqualTo(200);
        assertThat(line.path("headers").path("authorization").get(0).asString())
                .isEqualTo("<who with ManyWhoTenantId Email Token>");
        JsonNode body = line.path("body");
        assertThat(body.propertyNames()).containsExactlyElementsOf(request.propertyNames());
        assertThat(names(body.path("inputs"))).isEqualTo(names(request.path("inputs")));
        assertThat(body.path("callbackUri").asString()).isEqualTo("https://staging.manywho.com/api/run/1/response");
        assertThat(body.path("joinPlayerUri").asString())
                .isEqualTo("https://flow.manywho.com/<segment>/play/default?join=<text>");
        assertThat(body.path("platformUri").asString()).isEqualTo("https://<host>/<segment>?y=<text>");
        assertThat(body.path("outcomes").get(0).path("developerName").asString())
                .isEqualTo("<name>");
        assertThat(body.path("outcomes").get(1).toString())
                .contains("318B0F3A-A570-4C5D-835C-21C1EEB17787", "\"Fault\"", "\"delete\"");
        assertThat(body.path("culture").toString()).contains("\"EN\"", "\"USA\"");
        assertThat(body.path("annotations").propertyNames()).containsExactly("<key>", "count");
        assertThat(recording())
                .doesNotContain(
                        "@",
                        "password",
                        "rivate",
                        "secret",
                        "jane",
                        "4711",
                        "Hello",
                        "Test",
                        "smtp.example",
                        "67204d5c",
                        "51846b52");
    }

    @Test
    void equalIdsStayEqual() throws IOException {
        ObjectNode request = Http.sample("email-request.json");
        request.put("stateId", request.path("token").asString());
        Http.post(port, "/api/email/1/actions/email", request);

        JsonNode body = lastLine().path("body");
        assertThat(body.path("token").asString()).matches("<id [0-9a-f]{8}>");
        assertThat(body.path("stateId")).isEqualTo(body.path("token"));
        assertThat(body.path("tenantId")).isNotEqualTo(body.path("token"));
    }

    @Test
    void whatIsRefusedIsRecordedToo() throws IOException {
        Http.post(
                port,
                "/api/email/1/actions/email",
                "{\"token\": private",
                "Authorization",
                "Basic cHJpdmF0ZQ==, " + WHO);

        JsonNode line = lastLine();
        assertThat(line.path("status").asInt()).isEqualTo(400);
        assertThat(line.path("body").asString()).isEqualTo("<not JSON>");
        assertThat(line.path("headers").path("authorization").get(0).asString())
                .isEqualTo("Basic <text>, <who with ManyWhoTenantId Email Token>");
        assertThat(recording()).doesNotContain("cHJpdmF0ZQ");
    }

    @Test
    void ofAnUploadThereIsNoByte() throws IOException {
        Http.exchange(
                port,
                "POST",
                "/api/email/1/file/content",
                BodyPublishers.ofString(
                        "--b\r\nContent-Disposition: form-data; name=f; filename=private.txt\r\n\r\nprivate\r\n--b--\r\n"),
                "Content-Type",
                "multipart/form-data; boundary=b");
        assertThat(lastLine().path("body").asString()).isEqualTo("<upload>");
        assertThat(recording()).doesNotContain("private");
    }

    @Test
    void nobodyElseCanReadTheFile() throws IOException {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("flow.jsonl"))))
                .isEqualTo("rw-------");
    }

    private static JsonNode lastLine() throws IOException {
        List<String> lines = Files.readAllLines(directory.resolve("flow.jsonl"));
        return FlowJson.mapper().readTree(lines.get(lines.size() - 1));
    }

    private static String recording() throws IOException {
        return Files.readString(directory.resolve("flow.jsonl"));
    }

    private static List<String> names(JsonNode values) {
        Stream<JsonNode> stream = StreamSupport.stream(values.spliterator(), false);
        return stream.map(value -> value.path("developerName").asString()).toList();
    }
}
