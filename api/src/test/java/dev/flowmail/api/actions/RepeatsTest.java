package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.mail.Mail;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Which request is the same as one before. */
@WireTest
class RepeatsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {ActionNames.SIMPLE, ActionNames.EMAIL, ActionNames.DECISION})
    void whatIsNoContentMakesNoOtherRequest(String action) {
        List<ObjectNode> repeats = new ArrayList<>();
        repeats.add(Samples.of(action).json());
        repeats.add((ObjectNode) reversed(Samples.of(action).json()));
        repeats.add(withOtherIds(Samples.of(action).json()));
        repeats.add((ObjectNode) withoutNulls(Samples.of(action).json()));
        repeats.add(
                Samples.of(action).input("Comments", "").input("Later", null).json());
        repeats.add(Samples.of(action)
                .configuration("Password", "another")
                .configuration("Host", "other.example.com")
                .property("joinPlayerUri", "https://elsewhere.example.com")
                .property("platformUri", "https://flow.boomi.com")
                .json());
        ObjectNode translated = Samples.of(action).json();
        translated.putObject("culture").put("language", "DE");
        repeats.add(translated);
        ObjectNode shuffled = Samples.of(action).json();
        shuffled.set("inputs", turned(shuffled.withArray("inputs")));
        repeats.add(shuffled);

        for (ObjectNode repeat : repeats) {
            accept(action, repeat, "Authorization", "UserId%3D" + UUID.randomUUID());
        }

        assertThat(ids()).hasSize(1);
    }

    @Test
    void aSecondDifferentDecisionWithOneTokenIsARequestOfItsOwn() {
        String action = ActionNames.DECISION;
        accept(action, Samples.of(action).json());
        accept(action, Samples.of(action).input("Subject", "Other").json());
        accept(action, Samples.of(action).input("Body", "Other").json());
        accept(action, Samples.of(action).input("Timeout", "3 days").json());
        accept(
                action,
                Samples.of(action).contacts("To", "other@example.com", null).json());
        accept(
                action,
                Samples.of(action).contacts("To", "to@manywho.com", "Other").json());
        accept(action, Samples.of(action).outcome("id-2", "no", "No", 1).json());
        accept(
                action,
                Samples.of(action).noOutcomes().outcome("id-2", "go", "go", 0).json());
        accept(action, Samples.of(action).noOutcomes().json());
        accept(action, Samples.of(action).property("token", "other").json());
        accept(action, Samples.of(action).property("tenantId", "other").json());

        assertThat(ids()).hasSize(11).allMatch(id -> id.matches("decision-[0-9a-f]{40}"));
    }

    @Test
    void aDecisionIsTheSameInWhateverStateItIsAsked() {
        accept(ActionNames.DECISION, Samples.of(ActionNames.DECISION).json());
        accept(
                ActionNames.DECISION,
                Samples.of(ActionNames.DECISION).property("stateId", "other").json());

        assertThat(ids()).hasSize(1);
    }

    @Test
    void twoActionsWithTheSameInputsAreTwoRequests() {
        accept(ActionNames.SIMPLE, Samples.of(ActionNames.SIMPLE).json());
        ObjectNode same = Samples.of(ActionNames.SIMPLE).json();
        Samples full = Samples.of(ActionNames.EMAIL);
        full.json().setAll(same);
        full.contacts("From", "a@example.com", null).contacts("To", "b@example.com", null);
        accept(ActionNames.EMAIL, full.json());

        assertThat(ids()).hasSize(2);
    }

    private void accept(String action, JsonNode request, String... headers) {
        Answer answer = Http.post(port, "/api/email/1/actions/" + action, request, headers);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private List<String> ids() {
        return Stream.concat(
                        dispatcher.mails().stream().map(Mail::id),
                        dispatcher.decisions().stream().map(RecordingDispatcher.Asked::workflowId))
                .distinct()
                .toList();
    }

    /** The same with every object's keys in another order. */
    private static JsonNode reversed(JsonNode node) {
        if (node instanceof ArrayNode array) {
            array.forEach(RepeatsTest::reversed);
        }
        if (node instanceof ObjectNode object) {
            Map<String, JsonNode> properties = new TreeMap<>(Collections.reverseOrder());
            object.properties().forEach(entry -> properties.put(entry.getKey(), reversed(entry.getValue())));
            object.removeAll();
            properties.forEach(object::set);
        }
        return node;
    }

    private static ObjectNode withOtherIds(ObjectNode request) {
        for (String name : List.of(
                "valueElementId",
                "typeElementId",
                "typeElementPropertyId",
                "internalId",
                "externalId",
                "contentType")) {
            request.path("inputs")
                    .findParents(name)
                    .forEach(parent ->
                            ((ObjectNode) parent).put(name, UUID.randomUUID().toString()));
        }
        return request;
    }

    private static JsonNode withoutNulls(JsonNode node) {
        if (node instanceof ObjectNode object) {
            object.properties().stream()
                    .filter(entry -> entry.getValue().isNull())
                    .map(Map.Entry::getKey)
                    .toList()
                    .forEach(object::remove);
        }
        node.forEach(RepeatsTest::withoutNulls);
        return node;
    }

    private static ArrayNode turned(ArrayNode inputs) {
        List<JsonNode> values = new ArrayList<>(
                StreamSupport.stream(inputs.spliterator(), false).toList());
        Collections.reverse(values);
        return inputs.removeAll().addAll(values);
    }
}
