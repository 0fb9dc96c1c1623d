package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.recipient.Page;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** What happens while Flow is told of an end comes too late: Flow hears one end, and everything else tells of the same. */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OneEndIT {
    private static final Duration SLOW = Duration.ofMillis(700);
    private static final List<Integer> MILLIS = List.of(50, 150, 300, 450);

    private final List<SlowFlow> flows = new CopyOnWriteArrayList<>();
    private final World world;
    private final Operator operator;

    OneEndIT(World world) {
        this.world = world;
        this.operator = new Operator(world.flowmail());
    }

    @AfterAll
    void close() {
        flows.forEach(SlowFlow::close);
    }

    @Test
    void anAnswerAfterTheDeadlineIsToldThatItCameTooLate() {
        Stream<Request> requests = inTurn(
                "PT12S",
                request -> {},
                request -> assertThat(request.submit("Approve"))
                        .as("what the page answers")
                        .isEqualTo(410));

        assertThat(requests).allSatisfy(request -> request.assertTold("TIMED_OUT", "TimedOut", "Reject"));
    }

    @Test
    void aCancellationAfterTheDeadlineChangesNothing() {
        Stream<Request> requests = inTurn("PT12S", request -> {}, request -> request.cancel());

        assertThat(requests).allSatisfy(request -> request.assertTold("TIMED_OUT", "TimedOut", "Reject"));
    }

    @Test
    void withdrawingAfterTheDeadlineIsRefused() {
        Stream<Request> requests = inTurn("PT12S", request -> {}, request -> {
            Operator.Said said = operator.update(request.id, "withdraw", "{}");
            assertThat(said.status()).as(said.output()).isNotZero();
            // on a busy machine the run may have ended too
            assertThat(said.output()).containsAnyOf("The request has ended.", "already completed");
        });

        assertThat(requests).allSatisfy(request -> request.assertTold("TIMED_OUT", "TimedOut", "Reject"));
    }

    @Test
    void anAnswerAfterTheWithdrawalIsToldThatItCameTooLate() {
        Stream<Request> requests = inTurn(
                "1 hour",
                request -> assertThat(
                                operator.update(request.id, "withdraw", "{}").status())
                        .isZero(),
                request -> assertThat(request.submit("Approve")).isEqualTo(410));

        assertThat(requests).allSatisfy(request -> request.assertTold("WITHDRAWN", "Withdrawn", "Withdrawn"));
    }

    @Test
    void anAnswerAfterTheCancellationIsToldThatItCameTooLate() {
        Stream<Request> requests = inTurn(
                "1 hour",
                request -> request.cancel(),
                request -> assertThat(request.submit("Approve")).isEqualTo(410));

        assertThat(requests).allSatisfy(request -> request.assertTold("WITHDRAWN", "Withdrawn", "Withdrawn"));
    }

    @Test
    void aCancellationAfterTheAnswerChangesNothing() {
        Stream<Request> requests = inTurn(
                "1 hour",
                request -> request.clicked = CompletableFuture.supplyAsync(() -> request.submit("Approve")),
                request -> request.cancel());

        assertThat(requests).allSatisfy(request -> request.assertTold("DECIDED", "Decided", "Approve"));
    }

    /** Several requests at once: one thing ends each, and the other happens a while after Flow began to hear of it. */
    private Stream<Request> inTurn(String timeout, Consumer<Request> first, Consumer<Request> second) {
        List<CompletableFuture<Request>> played = MILLIS.stream()
                .map(millis -> CompletableFuture.supplyAsync(() -> {
                    Request request = new Request(timeout);
                    first.accept(request);
                    World.patiently()
                            .pollInterval(Duration.ofMillis(5))
                            .until(() -> !request.told().isEmpty());
                    CompletableFuture.runAsync(
                                    () -> second.accept(request),
                                    CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                            .join();
                    return request;
                }))
                .toList();
        return played.stream().map(CompletableFuture::join);
    }

    /** One that times out with Reject, and whose Flow is slow. */
    private final class Request {
        private final SlowFlow slow = new SlowFlow(SLOW);
        private final Flow flow;
        private final String id;
        private final URI link;
        private final Page open;
        private CompletableFuture<Integer> clicked = CompletableFuture.completedFuture(0);

        Request(String timeout) {
            flows.add(slow);
            String anna = world.person("anna");
            ServiceRequest question = world.question(anna)
                    .text("Timeout", timeout)
                    .text("Timeout Outcome", "Reject")
                    .member("callbackUri", slow.callbackUri());
            flow = world.ask(question);
            link = world.mailTo(anna).link("Approve");
            open = world.patientlyOpened(link);
            id = operator.decision(flow);
        }

        int submit(String outcome) {
            return world.recipient.submit(open, outcome).status();
        }

        void cancel() {
            assertThat(operator.run("workflow", "cancel", "-w", id).status()).isZero();
        }

        List<JsonNode> told() {
            return slow.told(flow.token());
        }

        /** @param end an outcome's label or a fault's code */
        void assertTold(String status, String attribute, String end) {
            operator.awaitEnd(id);
            assertThat(told().stream().map(this::end)).as("what Flow heard").containsExactly(end);
            // a busy machine may leave a query without an answer
            World.patiently()
                    .ignoreExceptionsInstanceOf(JacksonException.class)
                    .untilAsserted(
                            () -> assertThat(operator.state(id).path("status").asString(""))
                                    .isEqualTo(status));
            World.patiently()
                    .until(() -> operator.run(
                                    "workflow",
                                    "list",
                                    "--query",
                                    "WorkflowId = \"" + id + "\" AND FlowmailStatus = \"" + attribute + "\"")
                            .output()
                            .contains(id));
            assertThat(world.patientlyOpened(link).status()).isEqualTo(status.equals("DECIDED") ? 200 : 410);
        }

        private String end(JsonNode answer) {
            String chosen = answer.path("selectedOutcomeId").asString("");
            return flow.outcomes().stream()
                    .filter(outcome -> outcome.id().equals(chosen))
                    .map(outcome -> outcome.label())
                    .findFirst()
                    .orElseGet(() -> String.join(",", answer.path("rootFaults").propertyNames()));
        }
    }
}
