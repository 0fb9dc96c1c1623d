package dev.flowmail.verification.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

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

    /** One page that was fetched; 0 for the status when there was no answer. */
    record Visit(int status, double millis) {}

    /**
     * What came of it.
     *
     * @param seconds from the first request to the last callback
     * @param cpuMillis of the contender's process, for each decision
     */
    record Sample(double seconds, double cpuMillis, List<Visit> visits, List<String> failures) {

        double pageMillis(double percent) {
            return Figure.percentile(visits.stream().mapToDouble(Visit::millis).toArray(), percent);
        }

        /** How many pages were not what they should be. */
        long refused() {
            return visits.stream().filter(visit -> visit.status() != 200).count();
        }
    }

    static Sample of(Contender who, Trips trips, int decisions, int callers) {
        return new Burst(who, trips).play(decisions, callers);
    }

    private Sample play(int decisions, int callers) {
        AtomicInteger left = new AtomicInteger(decisions);
        CountDownLatch open = new CountDownLatch(decisions);
        ExecutorService threads = Executors.newCachedThreadPool();
        Duration cpu = cpu();
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
                (lastCall.get() - begin) / 1e6,
                (double) cpu().minus(cpu).toMillis() / decisions,
                List.copyOf(visits),
                new ArrayList<>(failures));
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

    private Duration cpu() {
        return who.processes().stream()
                .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                .reduce(Duration.ZERO, Duration::plus);
    }
}
