package dev.flowmail.verification.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Bare Temporal: a client and a worker, each a process. */
final class BareContender implements Contender {
    private static final long PATIENCE_SECONDS = 60;

    private final Part worker;
    private final Supplier<List<ProcessHandle>> temporal;
    private final Map<String, CompletableFuture<Long>> accepted = new ConcurrentHashMap<>();
    private final HistoryReader histories = new HistoryReader();
    private @Nullable Part client;

    BareContender(Part worker, Supplier<List<ProcessHandle>> temporal) {
        this.worker = worker;
        this.temporal = temporal;
    }

    /** Its client, which says its events to {@link #note}. */
    void calledBy(Part itsClient) {
        client = itsClient;
    }

    void note(String[] words) {
        switch (words[0]) {
            case "accepted" -> complete(words[2], Long.parseLong(words[1]));
            case "failed" -> {
                fail(words[1], "Bare Temporal: " + words[2]);
                histories.note(words);
            }
            default -> histories.note(words);
        }
    }

    private void complete(String id, long micros) {
        CompletableFuture<Long> waiting = accepted.remove(id);
        if (waiting != null) {
            waiting.complete(micros);
        }
    }

    private void fail(String id, String why) {
        IllegalStateException failure = new IllegalStateException(why);
        CompletableFuture<Long> waiting = accepted.remove(id);
        if (waiting != null) {
            waiting.completeExceptionally(failure);
        }
    }

    /** Events, bytes and billable actions of some finished runs of a workflow type. */
    List<int[]> histories(String type, long sinceSeconds) {
        return histories.read(client(), type, sinceSeconds);
    }

    @Override
    public Side side() {
        return Side.BARE;
    }

    @Override
    public void ask(Trip trip) {
        start("ask", trip);
    }

    @Override
    public void send(Trip trip) {
        start("send", trip);
    }

    private void start(String command, Trip trip) {
        CompletableFuture<Long> waiting = new CompletableFuture<>();
        accepted.put(trip.id, waiting);
        client().tell(command, trip.id);
        trip.acceptMicros =
                waiting.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public void answer(Trip trip, String link) {
        client().tell("answer", trip.id);
    }

    @Override
    public List<ProcessHandle> processes() {
        return List.of(worker.handle());
    }

    @Override
    public List<ProcessHandle> temporal() {
        return temporal.get();
    }

    private Part client() {
        if (client == null) {
            throw new IllegalStateException("There is no client yet");
        }
        return client;
    }
}
