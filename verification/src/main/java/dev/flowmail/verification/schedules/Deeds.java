package dev.flowmail.verification.schedules;

import dev.flowmail.verification.operators.Operators;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** What operators do to one request and see of it, and what is known of it afterwards. Safe for several threads. */
final class Deeds {
    private final Operators operators;
    private final CompletableFuture<String> decision;
    private final People people;
    private final Journal journal;
    private final AtomicInteger withdrawn = new AtomicInteger();
    private final AtomicBoolean maybeWithdrawn = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final List<Instant> resets = new CopyOnWriteArrayList<>();
    private final List<String> gaveAway = new CopyOnWriteArrayList<>();
    private final List<String> heirs = new CopyOnWriteArrayList<>();

    /** @param decision the workflow's id, as soon as Temporal lists it */
    Deeds(Operators operators, CompletableFuture<String> decision, People people, Journal journal) {
        this.operators = operators;
        this.decision = decision;
        this.people = people;
        this.journal = journal;
    }

    void withdraw() {
        switch (update("withdraw", Map.of("reason", "a schedule"))) {
            case DONE -> withdrawn.incrementAndGet();
            case REFUSED -> {}
            case UNKNOWN -> maybeWithdrawn.set(true);
        }
    }

    void release() {
        if (update("release", Map.of("reason", "a schedule")) != Fate.REFUSED) {
            released.set(true);
        }
    }

    /** The run goes on as another one: not to be done once Flow is told, whom that one would tell again. */
    void reset() {
        act("RESET", operators::resetToLastTask);
        resets.add(Instant.now());
    }

    void cancel() {
        maybeWithdrawn.set(true);
        act("CANCEL", operators::requestCancellation);
    }

    void evict() {
        act("EVICT", operators::evict);
    }

    void retryCallback() {
        update("retryCallback", Map.of());
    }

    void extend() {
        update("extend", Map.of("timeout", "PT" + Schedule.EXTENSION_SECONDS + "S"));
    }

    /** To somebody who has not answered. */
    void resend(String recipient) {
        update("resend", Map.of("recipient", recipient));
    }

    void resendToAll() {
        update("resend", Map.of());
    }

    void reassign(int person, String from) {
        String heir = "heir" + (person + 1) + "@example.com";
        Fate fate = update("reassign", Map.of("from", from, "to", heir));
        if (fate != Fate.REFUSED) {
            gaveAway.add(from);
            heirs.add(heir);
            people.click(heir, Schedule.APPROVE);
        }
    }

    /** Who may change what stands; empty where nothing is held, or nobody says. */
    Optional<String> giver() {
        try {
            JsonNode state = operators.state(decision.join());
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

    /** How often a withdrawal was done. */
    int withdrawn() {
        return withdrawn.get();
    }

    /** Whether a cancellation, or a withdrawal of unknown fate, was asked for. */
    boolean maybeWithdrawn() {
        return maybeWithdrawn.get();
    }

    /** Whether Flow was told what was held, or may have been. */
    boolean released() {
        return released.get();
    }

    /** When the run was reset. */
    List<Instant> resets() {
        return List.copyOf(resets);
    }

    /** Whose part was given to others, or may have been. */
    List<String> gaveAway() {
        return List.copyOf(gaveAway);
    }

    /** Who may have got it. */
    List<String> heirs() {
        return List.copyOf(heirs);
    }

    private enum Fate {
        DONE,
        REFUSED,
        UNKNOWN
    }

    private Fate update(String name, Map<String, String> input) {
        try {
            operators.update(decision.join(), name, input);
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

    private void act(String what, Consumer<String> act) {
        try {
            act.accept(decision.join());
            journal.note(what);
        } catch (RuntimeException over) {
            journal.note(what + " is refused: " + over.getMessage());
        }
    }
}
