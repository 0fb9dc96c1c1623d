package dev.flowmail.simulator.engine;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** How an engine treats late answers: well, unless it is told otherwise. Safe for several threads. */
public final class Behaviour {
    private final Queue<CompletableFuture<Integer>> hanging = new ArrayDeque<>();
    private final Queue<String> replies = new ArrayDeque<>();
    private final Set<String> expired = new HashSet<>();
    private int trouble;
    private int troubleLeft;
    private boolean joinPageKnown = true;

    Behaviour() {}

    /** Answers the next late answers with a status of one's own, and accepts none of them. */
    public synchronized void refuseCallbacks(int status, int times) {
        trouble = status;
        troubleLeft = times;
    }

    /** What is said to the next late answers: {@code BUSY}, {@code WAIT} or {@code NOT_ALLOWED}, each with status 200. */
    public synchronized void reply(String... words) {
        Stream.of(words).map(word -> "\"" + word + "\"").forEach(replies::add);
    }

    /** A state after its idle time: it accepts no late answer any more and leads nowhere. */
    public synchronized void expire(String stateId) {
        expired.add(stateId);
    }

    /** Leaves late answers without a reply until {@link #recover()}. */
    public synchronized void hangOnCallbacks() {
        refuseCallbacks(0, Integer.MAX_VALUE);
    }

    /** Whether the engine knows its flows' join pages: without, the state endpoint answers 404. */
    public synchronized void knowJoinPages(boolean known) {
        joinPageKnown = known;
    }

    /** Whether a late answer is being left without a reply. */
    public synchronized boolean isHanging() {
        return !hanging.isEmpty();
    }

    /** Ends every trouble. */
    public synchronized void recover() {
        troubleLeft = 0;
        replies.clear();
        joinPageKnown = true;
        hanging.forEach(waiting -> waiting.complete(503));
        hanging.clear();
    }

    /** Completes with the status for the next late answer when it is time to give it. */
    synchronized CompletableFuture<Integer> statusOfNext() {
        if (troubleLeft == 0) {
            return CompletableFuture.completedFuture(200);
        }
        troubleLeft--;
        if (trouble != 0) {
            return CompletableFuture.completedFuture(trouble);
        }
        CompletableFuture<Integer> waiting = new CompletableFuture<>();
        hanging.add(waiting);
        return waiting;
    }

    synchronized Optional<String> nextReply() {
        return Optional.ofNullable(replies.poll());
    }

    synchronized boolean isExpired(String stateId) {
        return expired.contains(stateId);
    }

    synchronized boolean hasJoinPage(String stateId) {
        return joinPageKnown && !expired.contains(stateId);
    }
}
