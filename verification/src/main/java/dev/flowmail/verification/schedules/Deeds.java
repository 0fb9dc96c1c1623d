package dev.flowmail.verification.schedules;

import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.schedules.Decision.Fate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** What operators do to one request, and what is known of it afterwards. Safe for several threads. */
final class Deeds {
    private final Decision decision;
    private final People people;
    private final AtomicInteger withdrawn = new AtomicInteger();
    private final AtomicBoolean maybeWithdrawn = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final List<Instant> resets = new CopyOnWriteArrayList<>();
    private final List<String> gaveAway = new CopyOnWriteArrayList<>();
    private final List<String> heirs = new CopyOnWriteArrayList<>();

    Deeds(Decision decision, People people) {
        this.decision = decision;
        this.people = people;
    }

    void withdraw() {
        switch (decision.update("withdraw", Map.of("reason", "a schedule"))) {
            case DONE -> withdrawn.incrementAndGet();
            case REFUSED -> {}
            case UNKNOWN -> maybeWithdrawn.set(true);
        }
    }

    void release() {
        if (decision.update("release", Map.of("reason", "a schedule")) != Fate.REFUSED) {
            released.set(true);
        }
    }

    /** The run goes on as another one: not to be done once Flow is told, whom that one would tell again. */
    void reset() {
        decision.act("RESET", Operators::resetToLastTask);
        resets.add(Instant.now());
    }

    void cancel() {
        maybeWithdrawn.set(true);
        decision.act("CANCEL", Operators::requestCancellation);
    }

    void evict() {
        decision.act("EVICT", Operators::evict);
    }

    void retryCallback() {
        decision.update("retryCallback", Map.of());
    }

    void extend() {
        decision.update("extend", Map.of("timeout", "PT" + Schedule.EXTENSION_SECONDS + "S"));
    }

    /** To somebody who has not answered. */
    void resend(String recipient) {
        decision.update("resend", Map.of("recipient", recipient));
    }

    void resendToAll() {
        decision.update("resend", Map.of());
    }

    void reassign(int person, String from) {
        String heir = "heir" + (person + 1) + "@example.com";
        Fate fate = decision.update("reassign", Map.of("from", from, "to", heir));
        if (fate != Fate.REFUSED) {
            gaveAway.add(from);
            heirs.add(heir);
            people.click(heir, Schedule.APPROVE);
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
}
