package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

@WireTest
class FuzzTest {
    private static final int REQUESTS = 400;
    private static final List<String> VALUES = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1e400",
            "99999999999999999999",
            "[]",
            "{}",
            "[null]",
            "[[]]",
            "[{}]",
            "{\"a\":{}}",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\r\\nX: y\"",
            "\"\\u202e\\u760d\"",
            "\"%%%\"",
            "\"P999999999999999999D\"",
            "\"999999999 weeks\"",
            "\"http://[\"",
            "\"http://:0/\"",
            "\"[::\"",
            "\"a@[\"",
            "\"\\\"@\\\"@a\"",
            "\"xn--a\"",
            "\"all\"",
            "\"s3\"",
            "\"DEBUG\"",
            "\"" + "x".repeat(70_000) + "\"",
            "[" + "{},".repeat(200) + "{}]");

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
        dispatcher.reaches(() -> {
            throw new Dispatcher.DeliveryUnknownException();
        });
    }

    /** One that is always the same, and another with each run, which a failure names. */
    static LongStream seeds() {
        return LongStream.of(20_261_122L, System.nanoTime());
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void noMutationOfARequestIsAnsweredWith500(long seed) {
        Random random = new Random(seed);
        List<String> actions = List.of(ActionNames.SIMPLE, ActionNames.EMAIL, ActionNames.DECISION);
        int accepted = 0;
        for (int round = 0; round < REQUESTS; round++) {
            String action = actions.get(random.nextInt(actions.size()));
            ObjectNode request = rich(action).json();
            for (int change = random.nextInt(3); change >= 0; change--) {
                mutate(random, request);
            }
            Answer answer = Http.post(port, "/api/email/1/actions/" + action, request);
            assertThat(answer.status())
                    .as("seed %d, round %d: %s", seed, round, request)
                    .isIn(200, 400, 504);
            accepted += answer.status() == 200 ? 1 : 0;
        }
        assertThat(accepted).as("requests that were accepted nevertheless").isGreaterThan(REQUESTS / 20);
    }

    @Test
    void aBodyFullOfOneThingIsRefusedAndNothingIsLeftOfIt() {
        int most = FlowJson.LARGEST_BODY - 20_000;
        for (Samples request : List.of(
                rich(ActionNames.SIMPLE).input("To", "a@b;".repeat(most / 4)),
                rich(ActionNames.SIMPLE).input("To", "\"".repeat(most / 2)),
                rich(ActionNames.SIMPLE).input("Subject", "x".repeat(most)),
                rich(ActionNames.SIMPLE).configuration("Host", "a.".repeat(most / 2)))) {
            assertRefused(ActionNames.SIMPLE, request.json().toString());
        }
        for (Samples request : List.of(
                rich(ActionNames.DECISION).input("Timeout", "9".repeat(most)),
                rich(ActionNames.DECISION).property("token", "x".repeat(most)),
                rich(ActionNames.DECISION).property("callbackUri", "http://" + "a".repeat(most)))) {
            assertRefused(ActionNames.DECISION, request.json().toString());
        }
        for (String list : List.of("{},", "null,", "[],", "0,", "{\"objectData\":[{}]},")) {
            assertRefused(ActionNames.EMAIL, "{\"inputs\":[" + list.repeat(most / list.length()) + "0]}");
        }
        assertThat(dispatcher.mails()).isEmpty();
        assertThat(dispatcher.decisions()).isEmpty();
    }

    private void assertRefused(String action, String body) {
        assertThat(Http.post(port, "/api/email/1/actions/" + action, body).status())
                .as(body.substring(0, 200))
                .isEqualTo(400);
    }

    private static Samples rich(String action) {
        return Samples.of(action)
                .outcome("id-2", "stop", "Stop", 1)
                .input("Timeout", "3 days")
                .input("Timeout Outcome", "stop")
                .input("Remind Every", "PT24H")
                .input("Answers Needed", "1")
                .input("Veto Outcome", "stop")
                .input("Comments", "optional")
                .attachment(
                        "Id", "id", "Name", "a.txt", "Mime Type", "text/plain", "Download Uri", "https://a.example");
    }

    private static void mutate(Random random, ObjectNode request) {
        List<JsonNode> containers = new ArrayList<>();
        collect(request, containers);
        JsonNode container = containers.get(random.nextInt(containers.size()));
        JsonNode value = FlowJson.mapper().readTree(VALUES.get(random.nextInt(VALUES.size())));
        if (container instanceof ObjectNode object && !object.isEmpty()) {
            List<String> names = List.copyOf(object.propertyNames());
            String name = names.get(random.nextInt(names.size()));
            if (random.nextInt(5) == 0) {
                object.remove(name);
            } else {
                object.set(name, value);
            }
        } else if (container instanceof ArrayNode array && !array.isEmpty()) {
            int index = random.nextInt(array.size());
            switch (random.nextInt(3)) {
                case 0 -> array.remove(index);
                case 1 -> array.add(array.get(index).deepCopy());
                default -> array.set(index, value);
            }
        }
    }

    private static void collect(JsonNode node, List<JsonNode> containers) {
        if (node.isContainer()) {
            containers.add(node);
            node.forEach(below -> collect(below, containers));
        }
    }
}
