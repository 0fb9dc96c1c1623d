package dev.flowmail.simulator.engine;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One flow at one moment: what it asked, what it was answered at once, and what came late.
 *
 * @param request the request's exact JSON
 * @param answer what Flowmail answered at once; null until it did
 * @param callbacks every late answer, in order of arrival, the refused ones too
 * @param joinUri the page on which a person re-joins the flow
 */
public record Flow(
        String token,
        String tenantId,
        String stateId,
        Action action,
        Who who,
        List<Outcome> outcomes,
        String request,
        @Nullable Answer answer,
        List<Callback> callbacks,
        URI joinUri) {

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

    /** Address of the person whose answer decided. */
    public Optional<String> decidedBy() {
        return lateAnswer().map(callback -> callback.output("Recipient")).filter(address -> !address.isEmpty());
    }

    Flow with(Answer answered) {
        return new Flow(token, tenantId, stateId, action, who, outcomes, request, answered, callbacks, joinUri);
    }

    Flow with(Callback callback) {
        List<Callback> all = new ArrayList<>(callbacks);
        all.add(callback);
        return new Flow(token, tenantId, stateId, action, who, outcomes, request, answer, List.copyOf(all), joinUri);
    }
}
