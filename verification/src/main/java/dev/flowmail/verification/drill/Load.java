package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.verification.operators.Operators;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledFuture;

/** Flows that ask, recipients who answer, and operators who withdraw: each as often as it takes. */
final class Load implements AutoCloseable {
    private static final Duration READING = Duration.ofMillis(200);

    private final Requests requests = new Requests();
    private final List<String> surprises = new CopyOnWriteArrayList<>();
    private final Tasks tasks = new Tasks(surprises);
    private final Flows flows;
    private final ScheduledFuture<?> requesting;
    private final ScheduledFuture<?> reading;

    /**
     * Begins at once.
     *
     * @param perSecond how many requests begin each second
     */
    Load(FlowEngine engine, Inbox inbox, Balancer balancer, Operators operators, Chance chance, double perSecond) {
        Withdrawals withdrawals = new Withdrawals(operators, tasks, chance);
        Recipients recipients = new Recipients(inbox, balancer, requests, tasks, chance, surprises);
        flows = new Flows(engine, balancer, requests, tasks, chance, surprises, withdrawals::planFor);
        requesting = tasks.every(Duration.ofMillis((long) (1_000 / perSecond)), flows::begin);
        reading = tasks.withPauses(READING, recipients::readMails);
    }

    /** Begins no more requests. What was begun goes on. */
    void stopRequesting() {
        requesting.cancel(false);
    }

    Requests requests() {
        return requests;
    }

    /** How often nobody answered a request or an upload, which was then sent again. */
    int unanswered() {
        return flows.unanswered();
    }

    /** How often a request or an upload was answered 429 or 503, and was then sent again. */
    int refused() {
        return flows.refused();
    }

    /** Answers that nobody should get, whatever goes wrong. */
    List<String> surprises() {
        return surprises;
    }

    @Override
    public void close() {
        reading.cancel(false);
        tasks.close();
    }
}
