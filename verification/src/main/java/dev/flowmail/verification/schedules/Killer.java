package dev.flowmail.verification.schedules;

import dev.flowmail.verification.programs.FlowmailProcess;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Kills a Flowmail for several schedules at once, and starts it again. */
final class Killer {
    private final FlowmailProcess flowmail;
    private final List<Instant> killed = new CopyOnWriteArrayList<>();

    Killer(FlowmailProcess flowmail) {
        this.flowmail = flowmail;
    }

    /** Kills it, unless it is still down for another schedule. */
    synchronized void kill(Journal journal) {
        if (flowmail.isReady()) {
            flowmail.kill();
            killed.add(Instant.now());
            journal.note("Flowmail is killed");
            flowmail.launch();
        }
    }

    /** As whatever runs programs does with one that could not start. */
    synchronized void revive() {
        if (!flowmail.isAlive()) {
            flowmail.launch();
        }
    }

    List<Instant> killed() {
        return List.copyOf(killed);
    }
}
