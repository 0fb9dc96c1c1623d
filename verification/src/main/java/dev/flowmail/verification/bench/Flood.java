package dev.flowmail.verification.bench;

import static dev.flowmail.verification.bench.Figures.percentile;

import dev.flowmail.verification.programs.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** One tenant sends as many plain mails as it can; another one's decisions must not wait for them. */
final class Flood {
    /** Mails that are on their way before anything is measured. */
    private static final int HEAD_START = 500;

    private static final Duration AGAIN = Duration.ofMillis(100);
    private static final long PATIENCE_SECONDS = 600;

    private final Load load;
    private final Trips trips;
    private final FlowmailContender flooding;
    private final AtomicInteger left;
    private final List<Trip> sent = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger refusals = new AtomicInteger();

    private Flood(Load load, Trips trips, FlowmailContender flooding, int mails) {
        this.load = load;
        this.trips = trips;
        this.flooding = flooding;
        this.left = new AtomicInteger(mails);
    }

    /**
     * What came of it.
     *
     * @param aloneMillis from a decision's request to its mail, one caller, 95th percentile, while nothing else is sent
     * @param floodedMillis the same while the other tenant's mails are on their way
     * @param decisions how many were measured meanwhile
     * @param refusals how often the other tenant was told to come again
     */
    record Sample(double aloneMillis, double floodedMillis, int decisions, int refusals) {

        /** The time without the flood stands where otherwise bare Temporal does. */
        void note(Figures figures, Side side) {
            figures.flooded.add(side, floodedMillis);
            if (side == Side.FLOWMAIL) {
                figures.flooded.bare(aloneMillis);
            }
        }

        /** A line for people. */
        String words(int mails, String name) {
            return String.format(
                    Locale.ROOT,
                    "another tenant's %d mails, %s: request to mail %.0f ms (p95 of %d) instead of %.0f ms, %d times"
                            + " told to come again",
                    mails,
                    name,
                    floodedMillis,
                    decisions,
                    aloneMillis,
                    refusals);
        }
    }

    static Sample of(Run run, FlowmailContender ours) {
        Bench.Options options = run.options();
        double alone = requestToMail(
                run.load().decisions(ours, 1, Duration.ZERO, options.length()).trips());
        return new Flood(run.load(), run.trips(), ours.ofAnotherTenant(), options.flood())
                .play(ours, options.callers(), alone);
    }

    private Sample play(FlowmailContender ours, int callers, double alone) {
        AtomicBoolean isOver = new AtomicBoolean();
        List<CompletableFuture<Void>> senders = new ArrayList<>();
        for (int caller = 0; caller < callers; caller++) {
            senders.add(CompletableFuture.runAsync(this::send, task -> new Thread(task).start()));
        }
        CompletableFuture<Void> delivered = CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new))
                .thenRun(this::awaitMails)
                .whenComplete((done, failure) -> isOver.set(true));
        while (sent.size() < HEAD_START && !isOver.get()) {
            Pause.of(AGAIN);
        }
        List<Trip> flooded = new ArrayList<>();
        do {
            flooded.addAll(load.decisions(ours, 1, Duration.ZERO, Duration.ofSeconds(1))
                    .trips());
        } while (!isOver.get());
        delivered.join();
        return new Sample(alone, requestToMail(flooded), flooded.size(), refusals.get());
    }

    private void send() {
        while (left.getAndDecrement() > 0) {
            Trip trip = trips.begin();
            while (!isAccepted(trip)) {
                refusals.incrementAndGet();
                Pause.of(AGAIN);
            }
            sent.add(trip);
        }
    }

    private boolean isAccepted(Trip trip) {
        try {
            flooding.send(trip);
            return true;
        } catch (IllegalStateException comeAgain) {
            return false;
        }
    }

    private void awaitMails() {
        for (Trip trip : List.copyOf(sent)) {
            trip.mailed.orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
            trips.end(trip);
        }
    }

    private static double requestToMail(List<Trip> decisions) {
        return percentile(decisions, Trip::requestToMailMillis, 95);
    }
}
