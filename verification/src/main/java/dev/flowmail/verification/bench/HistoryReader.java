package dev.flowmail.verification.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Asks a client of bare Temporal what finished runs have left, and takes what it says. */
final class HistoryReader {
    private static final long PATIENCE_SECONDS = 60;

    private final List<int[]> histories = new ArrayList<>();
    private CompletableFuture<List<int[]>> told = new CompletableFuture<>();

    void note(String[] words) {
        switch (words[0]) {
            case "history" ->
                histories.add(
                        new int[] {Integer.parseInt(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3])});
            case "done" -> told.complete(List.copyOf(histories));
            case "failed" -> told.completeExceptionally(new IllegalStateException("Histories: " + words[2]));
            default -> {}
        }
    }

    /** Events, bytes and billable actions of some finished runs of a workflow type. */
    List<int[]> read(Part client, String type, long sinceSeconds) {
        histories.clear();
        told = new CompletableFuture<>();
        client.tell("histories", type, sinceSeconds);
        return told.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
    }
}
