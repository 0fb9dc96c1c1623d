package dev.flowmail.activities.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.manywho.sdk.api.ContentType;
import com.manywho.sdk.api.InvokeType;
import com.manywho.sdk.api.describe.DescribeServiceRequest;
import com.manywho.sdk.api.describe.DescribeServiceResponse;
import com.manywho.sdk.api.jackson.ObjectMapperFactory;
import com.manywho.sdk.api.run.FlowMode;
import com.manywho.sdk.api.run.ServiceProblem;
import com.manywho.sdk.api.run.elements.map.OutcomeResponse;
import com.manywho.sdk.api.run.elements.type.FileListFilter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class WireTest {

    private static final JsonMapper JSON = FlowJson.mapper();
    private static final ObjectMapper SDK = ObjectMapperFactory.create();
    private static final String TENANT = "67204d5c-6022-474d-8f80-0d576b43d02d";

    // the original's own requests and answers

    @Test
    void theDecisionRequestIsRead() throws IOException {
        ServiceRequest request = JSON.readValue(sample("email-choices-request"), ServiceRequest.class);

        assertThat(request.tenantId()).isEqualTo(TENANT);
        assertThat(request.stateId()).isEqualTo("340279d0-350c-4886-9af8-86ebeda0bd71");
        assertThat(request.token()).isEqualTo("51846b52-e9eb-4e6c-9f27-e2f6dc0213ba");
        assertThat(request.callbackUri()).isEqualTo("https://staging.manywho.com/api/run/1/response");
        assertThat(request.outcomes())
                .containsExactly(new Outcome("05b326b8-fd07-4909-80f1-7e1e1ecce6bf", "go", "go", 0, null, null));
        assertThat(request.culture()).isEqualTo(new Culture(null, null, null, null, "EN", "USA", null, Map.of()));
        assertThat(request.debug()).isFalse();
        assertThat(request.configuration().text("Port")).contains("587");
        assertThat(request.input().text("HTML Body")).contains("<p> Hello World HTML!</p>");
        assertThat(request.input().text("From")).isEmpty();
        assertThat(request.input().object("From").orElseThrow().text("Email")).contains("test@manywho.com");
        assertThat(request.input().objects("To"))
                .hasSize(1)
                .allMatch(to -> to.text("Name").equals(Optional.of("Test To")));
        assertThat(request.input().objects("Attachments")).isEmpty();
        assertThat(request.input().text("from")).isEmpty();
    }

    @Test
    void theOriginalsAnswersAreWritten() throws IOException {
        String token = "51846b52-e9eb-4e6c-9f27-e2f6dc0213ba";

        assertThat(tree(ServiceResponse.waiting(token, TENANT, null))).isEqualTo(sampleTree("email-choices-response"));
        assertThat(tree(ServiceResponse.forward(token, TENANT))).isEqualTo(sampleTree("email-response"));
        assertThat(tree(ServiceResponse.forward("247c01de-3adc-49be-a33e-8223b49658de", TENANT)))
                .isEqualTo(sampleTree("email-simple-response"));
    }

    @Test
    void theOriginalsDescriptionSurvivesBeingReadAndWritten() throws IOException {
        DescribeResponse response = JSON.readValue(sample("metadata-response"), DescribeResponse.class);

        JsonNode expected = sampleTree("metadata-response");
        // the engine's own names beside those of its Java SDK
        expected.findParents("required")
                .forEach(value -> ((ObjectNode) value)
                        .put("order", value.get("ordinal").asInt())
                        .put("isRequired", value.get("required").asBoolean()));
        // the original leaves it out of two of its three actions; the contract has it always
        expected.get("actions").forEach(action -> ((ObjectNode) action).put("isViewMessageAction", false));

        assertThat(tree(response)).isEqualTo(expected);
        assertThat(tree(DescribeResponse.of(
                        response.culture(),
                        response.configurationValues(),
                        response.actions().stream()
                                .map(action -> DescribeResponse.Action.of(
                                        action.uriPart(),
                                        action.developerName(),
                                        action.developerSummary(),
                                        action.serviceInputs(),
                                        action.serviceOutputs()))
                                .toList(),
                        List.of(DescribeResponse.TypeElement.of(
                                "Contact",
                                "The Contact object structure",
                                List.of(
                                        DescribeResponse.TypeProperty.of("Email", "ContentString"),
                                        DescribeResponse.TypeProperty.of("Name", "ContentString")))))))
                .isEqualTo(expected);
    }

    @Test
    void aCultureIsWrittenAsItWasRead() {
        JsonNode culture = JSON.readTree("""
                {"id": "i", "developerName": "English", "developerSummary": null, "brand": "b", "language": null,
                 "country": "USA", "variant": null, "code": "pt-BR", "later": {"a": [1, null]}, "empty": null}""");
        DescribeRequest request =
                JSON.treeToValue(JSON.createObjectNode().set("culture", culture), DescribeRequest.class);

        assertThat(tree(Objects.requireNonNull(request.culture()))).isEqualTo(culture);
        assertThat(request.culture().languageOrCode()).isEqualTo("pt-BR");
        assertThat(JSON.readValue("{\"language\":\"EN\",\"code\":\"pt-BR\"}", Culture.class)
                        .languageOrCode())
                .isEqualTo("EN");
        assertThat(JSON.readValue("{\"code\":7}", Culture.class).languageOrCode())
                .isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"developerName\":\"FAULT\"}",
                "{\"developerName\":\" Fault \",\"id\":\"7\"}",
                "{\"developerName\":\"other\",\"id\":\"318b0f3a-a570-4c5d-835c-21c1eeb17787\"}",
                "{\"id\":\"318B0F3A-A570-4C5D-835C-21C1EEB17787\"}"
            })
    void flowsOutcomeForFaultsIsKnownByItsNameOrItsId(String outcome) {
        assertThat(JSON.readValue(outcome, Outcome.class).forFaults()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"developerName\":\"FAULTS\"}", "{\"label\":\"FAULT\",\"id\":\"1\"}"})
    void everyOtherOutcomeIsForPeople(String outcome) {
        assertThat(JSON.readValue(outcome, Outcome.class).forFaults()).isFalse();
    }

    // Flow's own SDK on the other side

    @Test
    void theSdkReadsAnOutcome() throws IOException {
        UUID outcome = UUID.randomUUID();
        Instant when = Instant.parse("2026-01-02T03:04:05.678Z");
        var response = SDK.readValue(
                JSON.writeValueAsString(ServiceResponse.outcome(
                        "token",
                        TENANT,
                        outcome.toString(),
                        List.of(
                                EngineValue.text("Recipient", "grüße@example.org"),
                                EngineValue.dateTime("Decided At", when),
                                EngineValue.list(
                                        "Answers",
                                        "Answer",
                                        List.of(MObject.of(
                                                "Answer", "1", List.of(Property.dateTime("Answered At", when)))))))),
                com.manywho.sdk.api.run.elements.config.ServiceResponse.class);

        assertThat(response.getInvokeType()).isEqualTo(InvokeType.Forward);
        assertThat(response.getSelectedOutcomeId()).isEqualTo(outcome);
        assertThat(response.getRootFaults()).isEmpty();
        assertThat(response.getOutputs().get(0).getContentValue()).isEqualTo("grüße@example.org");
        assertThat(response.getOutputs().get(0).getContentType()).isEqualTo(ContentType.String);
        assertThat(response.getOutputs().get(1).getContentValue()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(response.getOutputs().get(1).getContentType()).isEqualTo(ContentType.DateTime);
        assertThat(response.getOutputs().get(2).getTypeElementDeveloperName()).isEqualTo("Answer");
        assertThat(response.getOutputs()
                        .get(2)
                        .getObjectData()
                        .get(0)
                        .getProperties()
                        .get(0)
                        .getContentValue())
                .isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void theSdkReadsAFault() throws IOException {
        var response = SDK.readValue(
                JSON.writeValueAsString(ServiceResponse.fault("token", TENANT, "Timeout", "Too late.", List.of())),
                com.manywho.sdk.api.run.elements.config.ServiceResponse.class);

        assertThat(response.getRootFaults()).containsEntry("Timeout", "Too late.");
        assertThat(response.getSelectedOutcomeId()).isNull();
    }

    @Test
    void theSdkReadsADescriptionAFileAndAProblem() throws IOException {
        var description = SDK.readValue(
                JSON.writeValueAsString(JSON.readValue(sample("metadata-response"), DescribeResponse.class)),
                DescribeServiceResponse.class);
        assertThat(description.getActions()).hasSize(3);
        assertThat(description.isProvidesFiles()).isTrue();

        var files = SDK.readValue(
                JSON.writeValueAsString(ObjectDataResponse.of(
                        List.of(MObject.of("$File", "id-1", List.of(Property.text("Id", "id-1")))))),
                com.manywho.sdk.api.run.elements.type.ObjectDataResponse.class);
        assertThat(files.getObjectData().get(0).getExternalId()).isEqualTo("id-1");

        var problem = SDK.readValue(
                JSON.writeValueAsString(Problem.of("/api/email/1/file", 400, "No file.")), ServiceProblem.class);
        assertThat(problem.getStatusCode()).isEqualTo(400);
        assertThat(problem.getMessage()).isEqualTo("No file.");
    }

    @Test
    void whatTheSdkAsksIsRead() throws IOException {
        var asked = new com.manywho.sdk.api.run.elements.config.ServiceRequest();
        asked.setTenantId(UUID.fromString(TENANT));
        asked.setExecutionMode(FlowMode.Debug);
        asked.setInputs(List.of(
                new com.manywho.sdk.api.run.EngineValue("Subject", ContentType.String, "Hello"),
                new com.manywho.sdk.api.run.EngineValue(
                        "To",
                        ContentType.List,
                        "Contact",
                        List.of(new com.manywho.sdk.api.run.elements.type.MObject(
                                "Contact",
                                List.of(new com.manywho.sdk.api.run.elements.type.Property(
                                        "Email", "a@b.example")))))));
        var outcome = new OutcomeResponse();
        outcome.setId(UUID.randomUUID());
        outcome.setDeveloperName("yes");
        outcome.setOrder(3);
        asked.setOutcomes(List.of(outcome));

        ServiceRequest request = JSON.readValue(SDK.writeValueAsString(asked), ServiceRequest.class);

        assertThat(request.tenantId()).isEqualTo(TENANT);
        assertThat(request.debug()).isTrue();
        assertThat(request.input().text("Subject")).contains("Hello");
        assertThat(request.input().objects("To").get(0).text("Email")).contains("a@b.example");
        assertThat(request.outcomes())
                .extracting(Outcome::id, Outcome::developerName, Outcome::order)
                .containsExactly(tuple(outcome.getId().toString(), "yes", 3));
    }

    @Test
    void whatTheSdkAsksOfFilesAndDescribeIsRead() throws IOException {
        var asked = new com.manywho.sdk.api.run.elements.type.FileDataRequest();
        asked.setResourceFile("id-1");
        asked.setListFilter(new FileListFilter());
        FileDataRequest request = JSON.readValue(SDK.writeValueAsString(asked), FileDataRequest.class);
        assertThat(request.resourceFile()).isEqualTo("id-1");
        assertThat(request.configurationValues()).isEmpty();

        assertThat(JSON.readValue(SDK.writeValueAsString(new DescribeServiceRequest()), DescribeRequest.class))
                .isEqualTo(new DescribeRequest(null, null, List.of()));
    }

    // what may be missing, strange or hostile

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"inputs\":null,\"outcomes\":null,\"configurationValues\":null,\"executionMode\":\"\"}",
                "{\"inputs\":[],\"annotations\":{\"a\":{\"b\":[1]}},\"attributes\":7,\"authorization\":\"x\",\"new\":[{}]}"
            })
    void missingAndUnknownPropertiesAreNoError(String json) {
        ServiceRequest request = JSON.readValue(json, ServiceRequest.class);

        assertThat(request.inputs()).isEmpty();
        assertThat(request.outcomes()).isEmpty();
        assertThat(request.configurationValues()).isEmpty();
        assertThat(request.debug()).isFalse();
    }

    @Test
    void nullsWithinListsAreNothing() {
        ServiceRequest request = JSON.readValue(
                "{\"inputs\":[null,{\"developerName\":null},{\"developerName\":\"To\",\"objectData\":"
                        + "[null,{\"order\":null,\"isSelected\":null,\"properties\":[null]}]}],\"outcomes\":[null]}",
                ServiceRequest.class);

        assertThat(request.outcomes()).isEmpty();
        assertThat(request.input().objects("To"))
                .hasSize(1)
                .first()
                .extracting(MObject::properties)
                .isEqualTo(List.of());
    }

    @Test
    void ofTwoValuesWithOneNameTheFirstCounts() {
        Values values = new Values(List.of(EngineValue.text("Subject", "a"), EngineValue.text("Subject", "b")));

        assertThat(values.text("Subject")).contains("a");
        assertThat(new Values(List.of(EngineValue.text("Subject", ""))).text("Subject"))
                .isEmpty();
    }

    @Test
    void aBodyOfTenMebibytesArrivesWhole() {
        String text = "é".repeat(5 * 1024 * 1024 - 100);
        ServiceRequest request = JSON.readValue(
                "{\"inputs\":[{\"developerName\":\"HTML Body\",\"contentValue\":\"" + text + "\"}]}",
                ServiceRequest.class);

        assertThat(request.input().text("HTML Body").map(text::equals)).contains(true);
    }

    @Test
    void nestingAndTokensAreLimited() {
        assertThatExceptionOfType(StreamConstraintsException.class)
                .isThrownBy(() -> JSON.readValue("{\"x\":" + "[".repeat(100), ServiceRequest.class));
        String objects = "{\"inputs\":[{\"objectData\":[{\"properties\":[".repeat(1_000);
        assertThatExceptionOfType(JacksonException.class)
                .isThrownBy(() -> JSON.readValue(objects, ServiceRequest.class));
        assertThatExceptionOfType(StreamConstraintsException.class)
                .isThrownBy(() -> JSON.readValue("{\"x\":[" + "0,".repeat(600_000) + "0]}", ServiceRequest.class));
    }

    @Test
    void anyDamagedRequestIsReadOrRefusedAsJson() throws IOException {
        Random random = new Random(20260102);
        String sound = sample("email-request");
        String odd = "{}[]\":,null0-1e9\\u\0 tru";
        for (int round = 0; round < 1_000; round++) {
            StringBuilder damaged = new StringBuilder(sound);
            for (int faults = 1 + random.nextInt(3); faults > 0; faults--) {
                damaged.setCharAt(random.nextInt(sound.length()), odd.charAt(random.nextInt(odd.length())));
            }
            try {
                assertThat(JSON.readValue(damaged.toString(), ServiceRequest.class)
                                .inputs())
                        .isNotNull();
            } catch (JacksonException refused) {
                assertThat(refused).hasMessageNotContaining("StackOverflow");
            }
        }
    }

    @Test
    void aLongProblemIsCutBetweenCharacters() {
        assertThat(Problem.of("/", 500, "x".repeat(500)).message()).isEqualTo("x".repeat(500));
        assertThat(Problem.of("/", 500, "x".repeat(501)).message()).isEqualTo("x".repeat(499) + "…");
        assertThat(Problem.of("/", 500, "x".repeat(498) + "💥💥").message()).isEqualTo("x".repeat(498) + "…");
    }

    @Test
    void everyPropertyOfAProblemIsWritten() {
        assertThat(JSON.readTree(JSON.writeValueAsString(Problem.of("/a", 413, "Too large."))))
                .isEqualTo(JSON.readTree("""
                        {"kind": "service", "uri": "/a", "statusCode": 413, "responseBody": null, "responseHeaders": null,
                         "message": "Too large.", "invokeType": null, "action": null}"""));
        assertThat(JSON.readTree(JSON.writeValueAsString(ObjectDataResponse.of(List.of()))))
                .isEqualTo(JSON.readTree(
                        "{\"culture\":null,\"objectData\":[],\"hasMoreResults\":false,\"offsetToken\":null}"));
    }

    @Test
    void nothingSecretOrPersonalIsInAnyToString() throws IOException {
        ServiceRequest request = JSON.readValue(sample("email-request"), ServiceRequest.class);

        assertThat(request + " " + request.inputs() + request.configurationValues()
                        + request.input().objects("To"))
                .doesNotContain("@", "password", "Hello", request.token());
    }

    private static JsonNode tree(Object value) {
        return JSON.readTree(JSON.writeValueAsString(value));
    }

    private static JsonNode sampleTree(String name) throws IOException {
        return JSON.readTree(sample(name));
    }

    private static String sample(String name) throws IOException {
        try (InputStream file = WireTest.class.getResourceAsStream("/samples/" + name + ".json")) {
            return new String(Objects.requireNonNull(file).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
