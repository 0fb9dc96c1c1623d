package dev.flowmail.simulator.engine;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * One flow at one moment: what it asked, what it was answered at once, and what came late.
 *
 * @param at when it was started
 * @param request the request's exact JSON
 * @param answer what Flowmail answered at once; null until it did
 * @param callbacks every late answer, in order of arrival, the refused ones too
 * @param joinUri the page on which a person re-joins the flow
 * @param steps the texts of the step elements behind the message: one for each outcome, in their order; of a flow that goes on at once, one
 */
public record Flow(
        Instant at,
        String token,
        String tenantId,
        String stateId,
        Action action,
        Who who,
        List<Outcome> outcomes,
        String request,
        @Nullable Answer answer,
        List<Callback> callbacks,
        URI joinUri,
        List<String> steps) {

    /** Where a flow stands. */
    public enum Status {
        /** The request is on its way. */
        SENDING,
        /** Parked until the late answer comes. */
        WAITING,
        /** It went on. */
        CONTINUED,
        /** Flowmail refused the request, or sent a fault. */
        FAILED
    }

    /** Where the flow stands. */
    public Status status() {
        if (lateAnswer().isPresent()) {
            return lateAnswer().orElseThrow().outcomeId().isEmpty() ? Status.FAILED : Status.CONTINUED;
        }
        if (answer == null) {
            return Status.SENDING;
        }
        if (answer.status() != 200) {
            return Status.FAILED;
        }
        return answer.invokeType().equals("WAIT") ? Status.WAITING : Status.CONTINUED;
    }

    /** Whether Flowmail has answered at once. */
    public boolean hasAnswer() {
        return answer != null;
    }

    /** What Flowmail answered at once. Fails while it has not. */
    public Answer answered() {
        return Objects.requireNonNull(answer);
    }

    /** The answer that moved the flow. */
    public Optional<Callback> lateAnswer() {
        return callbacks.stream().filter(Callback::movedTheFlow).findFirst();
    }

    /** Label of the outcome that the flow followed. */
    public Optional<String> chosen() {
        return lateAnswer()
                .flatMap(callback -> outcomes.stream()
                        .filter(outcome -> outcome.id().equals(callback.outcomeId()))
                        .map(Outcome::label)
                        .findFirst());
    }

    /** The text of the step that the flow has come to; empty while it waits, or where its builder has drawn none. */
    public Optional<String> step() {
        return switch (status()) {
            case SENDING, WAITING -> Optional.empty();
            case CONTINUED ->
                step(chosen().map(label -> indexOf(outcome -> outcome.label().equals(label)))
                        .orElse(0));
            case FAILED -> step(indexOf(Outcome::isForFaults));
        };
    }

    private Optional<String> step(int index) {
        return index >= 0 && index < steps.size() ? Optional.of(steps.get(index)) : Optional.empty();
    }

    private int indexOf(Predicate<Outcome> wanted) {
        return IntStream.range(0, outcomes.size())
                .filter(index -> wanted.test(outcomes.get(index)))
                .findFirst()
                .orElse(-1);
    }

    /** Address of the person whose answer decided. */
    public Optional<String> decidedBy() {
        return lateAnswer().map(callback -> callback.output("Recipient")).filter(address -> !address.isEmpty());
    }

    /** The mail's subject; empty when there is none. */
    public String subject() {
        return input("Subject").path("contentValue").asString("");
    }

    /** Addresses of the people in {@code To}. */
    public List<String> recipients() {
        JsonNode to = input("To");
        if (action == Action.SIMPLE) {
            return List.of(to.path("contentValue").asString("").split(";", -1));
        }
        return to.path("objectData")
                .valueStream()
                .flatMap(contact -> contact.path("properties").valueStream())
                .filter(property -> property.path("developerName").asString("").equals("Email"))
                .map(property -> property.path("contentValue").asString(""))
                .toList();
    }

    /** The value of an input; a missing node when there is none. */
    public JsonNode input(String name) {
        return Json.read(request)
                .path("inputs")
                .valueStream()
                .filter(input -> input.path("developerName").asString("").equals(name))
                .findFirst()
                .orElseGet(MissingNode::getInstance);
    }

    /** Why the flow failed, in Flowmail's words; empty when it did not. */
    public String problem() {
        if (status() != Status.FAILED) {
            return "";
        }
        return lateAnswer()
                .map(Callback::faults)
                .orElseGet(() -> answered().status() == 0
                        ? answered().body()
                        : answered()
                                .json()
                                .path("message")
                                .asString("Flowmail answered " + answered().status() + "."));
    }

    Flow with(Answer answered) {
        return new Flow(
                at, token, tenantId, stateId, action, who, outcomes, request, answered, callbacks, joinUri, steps);
    }

    Flow with(Callback callback) {
        List<Callback> all = new ArrayList<>(callbacks);
        all.add(callback);
        return new Flow(
                at, token, tenantId, stateId, action, who, outcomes, request, answer, List.copyOf(all), joinUri, steps);
    }
}
