package dev.flowmail.verification.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Bare Temporal: a client and a worker, each a process. */
final class BareContender implements Contender {
    private static final long PATIENCE_SECONDS = 60;

    private final Part worker;
    private final Map<String, CompletableFuture<Long>> accepted = new ConcurrentHashMap<>();
    private final List<int[]> histories = new ArrayList<>();
    private CompletableFuture<List<int[]>> told = new CompletableFuture<>();
    private @Nullable Part client;

    BareContender(Part worker) {
        this.worker = worker;
    }

    /** Its client, which says its events to {@link #note}. */
    void calledBy(Part itsClient) {
        client = itsClient;
    }

    void note(String[] words) {
        switch (words[0]) {
            case "accepted" -> complete(words[2], Long.parseLong(words[1]));
            case "failed" -> fail(words[1], "Bare Temporal: " + words[2]);
            case "history" ->
                histories.add(
                        new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3])});
            case "done" -> told.complete(List.copyOf(histories));
            default -> {}
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
        told.completeExceptionally(failure);
    }

    /** Events, bytes and billable actions of some finished runs of a workflow type. */
    List<int[]> histories(String type, long sinceSeconds) {
        histories.clear();
        told = new CompletableFuture<>();
        client().tell("histories", type, sinceSeconds);
        return told.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }

    @Override
    public String name() {
        return "bare Temporal";
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

    private Part client() {
        if (client == null) {
            throw new IllegalStateException("There is no client yet");
        }
        return client;
    }
}
