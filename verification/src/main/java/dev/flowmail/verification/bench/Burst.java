package dev.flowmail.verification.bench;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Many decisions, asked as fast as they are accepted. As soon as a mail is there a scanner fetches each of its links by HEAD and
 * by GET, and a person clicks.
 */
final class Burst {
    private static final long PATIENCE_SECONDS = 300;

    private final Contender who;
    private final Trips trips;
    private final ConcurrentLinkedQueue<Visit> visits = new ConcurrentLinkedQueue<>();
    private final ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong lastCall = new AtomicLong();

    private Burst(Contender who, Trips trips) {
        this.who = who;
        this.trips = trips;
    }

    /**
     * What came of it.
     *
     * @param seconds from the first request to the last callback
     * @param cpuMillis of the contender's process, for each decision
     */
    record Sample(int decisions, double seconds, double cpuMillis, List<Visit> visits, List<String> failures) {

        void note(Figures figures, Side side) {
            figures.burst.add(side, seconds);
            figures.burstCpu.add(side, cpuMillis);
            if (!visits.isEmpty()) {
                figures.burstPages.add(side, pageMillis(95));
            }
        }

        /** A line for people. */
        String words(String name) {
            return String.format(
                    Locale.ROOT,
                    "%d decisions at once, %s: the last callback after %.1f s, pages in %.0f ms (p50) and %.0f ms"
                            + " (p95), %d of %d refused, %.0f ms of CPU each",
                    decisions,
                    name,
                    seconds,
                    pageMillis(50),
                    pageMillis(95),
                    refused(),
                    visits.size(),
                    cpuMillis);
        }

        private double pageMillis(double percent) {
            return Figure.percentile(visits.stream().mapToDouble(Visit::millis).toArray(), percent);
        }

        private long refused() {
            return visits.stream().filter(visit -> visit.status() != 200).count();
        }

        /** What went wrong: not one thing should. */
        List<String> allFailures() {
            Stream<String> pages = refused() == 0
                    ? Stream.empty()
                    : Stream.of(refused() + " of " + visits.size() + " pages in a burst were refused");
            return Stream.concat(failures.stream(), pages).toList();
        }
    }

    static Sample of(Contender who, Trips trips, int decisions, int callers) {
        return new Burst(who, trips).play(decisions, callers);
    }

    private Sample play(int decisions, int callers) {
        AtomicInteger left = new AtomicInteger(decisions);
        CountDownLatch open = new CountDownLatch(decisions);
        ExecutorService threads = Executors.newCachedThreadPool();
        Cpu before = Cpu.of(who);
        long begin = Clock.micros();
        IntStream.range(0, callers)
                .forEach(caller -> threads.execute(() -> {
                    while (left.getAndDecrement() > 0) {
                        decide(threads, open);
                    }
                }));
        try {
            if (!open.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                failures.add(open.getCount() + " decisions of a burst got no callback in " + PATIENCE_SECONDS + " s");
            }
            threads.shutdown();
            // a scanner may still be waiting for a page
            var ignored = threads.awaitTermination(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Sample(
                decisions,
                (lastCall.get() - begin) / 1e6,
                Cpu.of(who).since(before).own() / decisions,
                List.copyOf(visits),
                List.copyOf(failures));
    }

    private void decide(ExecutorService threads, CountDownLatch open) {
        Trip trip = trips.begin();
        var called = trip.called.thenAccept(at -> {
            lastCall.accumulateAndGet(at, Math::max);
            trips.end(trip);
            open.countDown();
        });
        var mailed = trip.mailed.thenAccept(mail -> {
            mail.links().forEach(link -> threads.execute(() -> visits.addAll(who.sweep(link))));
            threads.execute(() -> who.answer(trip, mail.link()));
        });
        try {
            who.ask(trip);
        } catch (RuntimeException refused) {
            failures.add(String.valueOf(refused.getMessage()));
            called.cancel(false);
            mailed.cancel(false);
            trips.end(trip);
            open.countDown();
        }
    }
}
