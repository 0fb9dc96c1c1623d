package dev.flowmail.api.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@WireTest
class MetadataTest {
    private static final List<String> OURS = List.of(
            "Timeout",
            "Timeout Outcome",
            "Remind Every",
            "Answers Needed",
            "Veto Outcome",
            "Comments",
            "Hidden Outcomes",
            "After Answer",
            "Confirmation",
            "Proof",
            "Hold",
            "Requester",
            "Time Zone",
            "Outcome",
            "Comment",
            "Decided At",
            "Receipt",
            "Answers",
            "Answer",
            "OAuth2 Token URL",
            "OAuth2 Client ID",
            "OAuth2 Client Secret",
            "OAuth2 Refresh Token",
            "OAuth2 Scope",
            // of two actions
            "Reply To",
            "Reply To",
            "Attachments: S3 Endpoint");

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/api/email/1/metadata", "/api/email/1/metadata/install"})
    void theOriginalsAnswerIsInOursAndAllElseIsNamedOnTheInterfacePage(String path) {
        JsonNode described =
                Http.post(port, path, Http.sample("metadata-request.json")).json();
        ObjectNode expected = Http.sample("metadata-response.json");
        // the sample leaves the property out where the original's types do; Flow's schema has it
        expected.path("actions").forEach(action -> ((ObjectNode) action).put("isViewMessageAction", false));
        everyValueOf(expected)
                .forEach(value -> value.put("order", value.path("ordinal").asInt())
                        .put("isRequired", value.path("required").asBoolean()));
        assertThat(withoutOurs(described.deepCopy())).isEqualTo(expected);
        assertThat(ours(described)).containsExactlyInAnyOrderElementsOf(OURS);
    }

    @Test
    void whatTheOriginalDoesNotHaveIsOptional() {
        JsonNode described = Http.post(port, "/api/email/1/metadata", "{}").json();
        described.findParents("required").stream()
                .filter(value -> OURS.contains(value.path("developerName").asString()))
                .forEach(value -> assertThat(value.path("required").asBoolean(true))
                        .as(value.path("developerName").asString())
                        .isFalse());
        described
                .findValues("isViewMessageAction")
                .forEach(value -> assertThat(value.asBoolean(true)).isFalse());
    }

    @Test
    void eachValueCarriesTheEnginesNamesToo() {
        JsonNode described = Http.post(port, "/api/email/1/metadata", "{}").json();
        List<ObjectNode> values = everyValueOf(described).toList();
        assertThat(values).hasSizeGreaterThan(40).allSatisfy(value -> {
            assertThat(value.get("order")).isEqualTo(value.get("ordinal"));
            assertThat(value.get("isRequired")).isEqualTo(value.get("required"));
        });
        assertThat(values).anyMatch(value -> value.path("isRequired").asBoolean());
    }

    @Test
    void theCultureIsEchoedWhole() {
        String culture = "{\"id\":null,\"developerName\":\"German\",\"developerSummary\":null,\"brand\":null,"
                + "\"language\":\"DE\",\"country\":null,\"variant\":null,\"code\":\"de-DE\",\"later\":[1]}";
        Answer answer = Http.post(
                port,
                "/api/email/1/metadata",
                "{\"platformUri\":\"https://flow.boomi.com\",\"culture\":" + culture + "}");
        assertThat(answer.json().path("culture")).isEqualTo(FlowJson.mapper().readTree(culture));
    }

    @Test
    void actionsAndInputsAreSortedByName() {
        JsonNode actions = Http.post(port, "/api/email/1/metadata", "{}").json().path("actions");
        assertThat(names(actions)).isSorted().hasSize(3);
        actions.forEach(
                action -> assertThat(names(action.path("serviceInputs"))).isSorted());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/email/1/metadata", "/api/email/1/metadata/install"})
    void aConnectorWithoutABodyOrConfigurationIsDescribed(String path) {
        Answer noBody = Http.exchange(port, "POST", path, BodyPublishers.noBody());
        assertThat(noBody.status()).as(noBody.body()).isEqualTo(200);
        assertThat(noBody.json().path("culture").isNull()).isTrue();
        assertThat(noBody.json().path("actions").size()).isEqualTo(3);
        for (String body : List.of(
                "",
                "null",
                "{}",
                "{\"configurationValues\": null, \"culture\": null}",
                "{\"configurationValues\": [], \"unknown\": {}}",
                "{\"configurationValues\": [null, {\"developerName\": \"Host\", \"contentValue\": null}]}")) {
            Answer answer = Http.post(port, path, body);
            assertThat(answer.status()).as(answer.body()).isEqualTo(200);
            assertThat(answer.json()).isEqualTo(noBody.json());
        }
    }

    @Test
    void healthIs200() {
        Answer answer = Http.get(port, "/api/email/1/health");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("status").asString()).isEqualTo("UP");
    }

    @Test
    void theOpenApiPageNamesTheActions() {
        Answer answer = Http.get(port, "/v3/api-docs");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("paths").propertyNames())
                .contains("/api/email/1/actions/email", "/api/email/1/metadata")
                .doesNotContain("/error");
    }

    private static JsonNode withoutOurs(JsonNode node) {
        if (node instanceof ArrayNode array) {
            for (int index = array.size() - 1; index >= 0; index--) {
                if (OURS.contains(array.get(index).path("developerName").asString())) {
                    array.remove(index);
                }
            }
        }
        node.forEach(MetadataTest::withoutOurs);
        return node;
    }

    private static List<String> ours(JsonNode described) {
        List<String> sample = everyNamed(Http.sample("metadata-response.json"))
                .map(MetadataTest::name)
                .toList();
        // properties of the new type are no names of their own
        JsonNode connector = described.deepCopy();
        connector.path("install").path("typeElements").forEach(type -> ((ObjectNode) type).remove("properties"));
        return everyNamed(connector)
                .map(MetadataTest::name)
                .filter(name -> !sample.contains(name))
                .toList();
    }

    private static Stream<ObjectNode> everyValueOf(JsonNode described) {
        return described.findParents("required").stream().map(ObjectNode.class::cast);
    }

    private static Stream<JsonNode> everyNamed(JsonNode node) {
        Stream<JsonNode> below = StreamSupport.stream(node.spliterator(), false).flatMap(MetadataTest::everyNamed);
        return node.hasNonNull("developerName") ? Stream.concat(Stream.of(node), below) : below;
    }

    private static String name(JsonNode named) {
        return named.path("developerName").asString();
    }

    private static List<String> names(JsonNode values) {
        return StreamSupport.stream(values.spliterator(), false)
                .map(MetadataTest::name)
                .toList();
    }
}
