package dev.flowmail.verification.schedules;

import dev.flowmail.verification.programs.FlowmailProcess;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Kills a Flowmail for several schedules at once, and starts it again. */
final class Killer {
    /** Of schedules that are played together: between kills, which each take a start, there must be time to go on. */
    private static final int MOST_TOGETHER = 3;

    private final FlowmailProcess flowmail;
    private int left = MOST_TOGETHER;
    private final List<Instant> killed = new CopyOnWriteArrayList<>();

    Killer(FlowmailProcess flowmail) {
        this.flowmail = flowmail;
    }

    /** The next ones are played together. */
    synchronized void begin() {
        left = MOST_TOGETHER;
    }

    /** Kills it, unless it is still down for another schedule, or was killed often enough for those that are played together. */
    synchronized void kill(Journal journal) {
        if (left > 0 && flowmail.isReady()) {
            left--;
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
