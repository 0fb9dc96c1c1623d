package dev.flowmail.verification.schedules;

import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.Pause;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import tools.jackson.databind.JsonNode;

/** One request's workflow, from when Temporal lists it. Safe for several threads. */
final class Decision {
    private static final Duration LISTING = Duration.ofSeconds(60);

    private final Operators operators;
    private final Journal journal;
    private final CompletableFuture<String> id = new CompletableFuture<>();

    Decision(Operators operators, Journal journal) {
        this.operators = operators;
        this.journal = journal;
    }

    /** What became of an update. */
    enum Fate {
        DONE,
        REFUSED,
        UNKNOWN
    }

    /** Looks for it until it is listed. */
    void find(String stateId) {
        Instant end = Instant.now().plus(LISTING);
        while (Instant.now().isBefore(end)) {
            listed(stateId).ifPresent(id::complete);
            if (id.isDone()) {
                return;
            }
            Pause.millis(100);
        }
        id.completeExceptionally(new IllegalStateException("Temporal does not list the request"));
    }

    private Optional<String> listed(String stateId) {
        try {
            return operators.decision(stateId);
        } catch (RuntimeException busy) {
            return Optional.empty();
        }
    }

    /** Waits for it. */
    String id() {
        return id.join();
    }

    Fate update(String name, Map<String, String> input) {
        try {
            operators.update(id(), name, input);
            journal.note(name + " is done");
            return Fate.DONE;
        } catch (WorkflowUpdateException | WorkflowNotFoundException refused) {
            journal.note(name + " is refused");
            return Fate.REFUSED;
        } catch (RuntimeException unknown) {
            journal.note(name + " may have been done: " + unknown.getMessage());
            return Fate.UNKNOWN;
        }
    }

    /** Does something else to it, which may be refused. */
    void act(String what, BiConsumer<Operators, String> act) {
        try {
            act.accept(operators, id());
            journal.note(what);
        } catch (RuntimeException over) {
            journal.note(what + " is refused: " + over.getMessage());
        }
    }

    /** Who may change what stands; empty where nothing is held, or nobody says. */
    Optional<String> giver() {
        try {
            JsonNode state = operators.state(id());
            JsonNode giver = state.path("held").path("giver");
            return giver.isNumber()
                    ? Optional.of(state.path("people")
                            .path(giver.asInt())
                            .path("mailbox")
                            .path("address")
                            .asString(""))
                    : Optional.empty();
        } catch (RuntimeException down) {
            return Optional.empty();
        }
    }
}
