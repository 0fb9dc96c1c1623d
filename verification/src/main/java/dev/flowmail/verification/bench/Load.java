package dev.flowmail.verification.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Callers and recipients: each caller has one request on its way, and begins the next when that one is through. */
final class Load {
    /** A lost task comes again after 60 s. */
    private static final long PATIENCE_SECONDS = 150;

    private static final double MOST = 0.95;

    private final Trips trips;
    private final List<String> failures = Collections.synchronizedList(new ArrayList<>());

    Load(Trips trips) {
        this.trips = trips;
    }

    /** What went wrong: not one thing should. */
    List<String> failures() {
        return failures;
    }

    /**
     * What was measured while everybody was busy.
     *
     * @param trips those that began in the measured time
     * @param count how many came to their end in it
     * @param cpuSeconds of the contender's process, for each of them
     * @param serverCpuSeconds of Temporal, for each of them; 0 when it runs elsewhere
     */
    record Sample(List<Trip> trips, int count, double perSecond, double cpuSeconds, double serverCpuSeconds) {}

    /** Decisions, answered as soon as the mail is there, for a time; a run-up is not measured. */
    Sample decisions(Contender who, int callers, Duration runUp, Duration length) {
        List<Trip> done = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean enough = new AtomicBoolean();
        long from = System.nanoTime() + runUp.toNanos();
        List<Thread> threads = start(callers, () -> !enough.get(), () -> {
            Trip trip = decide(who);
            done.add(trip);
        });
        sleepUntil(from);
        long begin = Clock.micros();
        double cpu = cpuSeconds(who.processes());
        double serverCpu = cpuSeconds(who.temporal());
        sleepUntil(from + length.toNanos());
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        // a measurement of nothing would be none
        while (System.nanoTime() < patience && begunSince(begin, done).isEmpty()) {
            sleepUntil(System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(100));
        }
        long end = Clock.micros();
        enough.set(true);
        cpu = cpuSeconds(who.processes()) - cpu;
        serverCpu = cpuSeconds(who.temporal()) - serverCpu;
        join(threads);
        List<Trip> begun = begunSince(begin, done);
        int count = (int) done.stream()
                .filter(trip -> trip.called.join() >= begin && trip.called.join() < end)
                .count();
        return new Sample(
                begun,
                count,
                count * 1_000_000.0 / (end - begin),
                cpu / Math.max(1, count),
                serverCpu / Math.max(1, count));
    }

    private static List<Trip> begunSince(long begin, List<Trip> done) {
        synchronized (done) {
            return done.stream().filter(trip -> trip.begun >= begin).toList();
        }
    }

    /** So many decisions, to get warm. */
    void warmUp(Contender who, int callers, int decisions) {
        AtomicInteger left = new AtomicInteger(decisions);
        join(start(callers, () -> left.getAndDecrement() > 0, () -> decide(who)));
    }

    /** So many decisions that nobody answers yet; returns when their mails are there. */
    List<Trip> park(Contender who, int callers, int decisions) {
        List<Trip> parked = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger left = new AtomicInteger(decisions);
        join(start(callers, () -> left.getAndDecrement() > 0, () -> {
            Trip trip = trips.begin();
            who.ask(trip);
            await(trip, trip.mailed);
            parked.add(trip);
        }));
        return parked;
    }

    /** Answers what was parked, one after the other. */
    void answer(Contender who, List<Trip> parked) {
        parked.forEach(trip -> answer(who, trip));
    }

    /**
     * So many plain mails handed over as fast as they are taken; how many a second arrived, until 95 % were there: Temporal
     * gives a task that got lost on its way to the worker again after a minute, and one such mail must not be all that counts.
     */
    Sample sends(Contender who, int callers, int mails) {
        List<Trip> sent = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger left = new AtomicInteger(mails);
        long begin = Clock.micros();
        double cpu = cpuSeconds(who.processes());
        double serverCpu = cpuSeconds(who.temporal());
        join(start(callers, () -> left.getAndDecrement() > 0, () -> {
            Trip trip = trips.begin();
            who.send(trip);
            sent.add(trip);
        }));
        List<Long> arrived = new ArrayList<>();
        for (Trip trip : sent) {
            try {
                arrived.add(await(trip, trip.mailed).at());
            } catch (IllegalStateException lost) {
                failures.add(lost.getMessage());
            }
            trips.end(trip);
        }
        cpu = cpuSeconds(who.processes()) - cpu;
        serverCpu = cpuSeconds(who.temporal()) - serverCpu;
        int count = sent.size();
        Collections.sort(arrived);
        int most = (int) (arrived.size() * MOST);
        double seconds = most == 0 ? 1 : (arrived.get(most - 1) - begin) / 1_000_000.0;
        return new Sample(sent, count, most / seconds, cpu / Math.max(1, count), serverCpu / Math.max(1, count));
    }

    private Trip decide(Contender who) {
        Trip trip = trips.begin();
        try {
            who.ask(trip);
            answer(who, trip);
            return trip;
        } finally {
            trips.end(trip);
        }
    }

    private static void answer(Contender who, Trip trip) {
        Trip.Mailed mail = await(trip, trip.mailed);
        trip.clicked = Clock.micros();
        who.answer(trip, mail.link());
        var ignored = await(trip, trip.called);
    }

    private List<Thread> start(int callers, BooleanSupplier goesOn, Runnable step) {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Thread thread = new Thread(() -> {
                while (goesOn.getAsBoolean()) {
                    try {
                        step.run();
                    } catch (RuntimeException e) {
                        failures.add(String.valueOf(e.getMessage()));
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private static <T> T await(Trip trip, CompletableFuture<T> what) {
        try {
            return what.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException(trip.id + " got no further for " + PATIENCE_SECONDS + " s", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void join(List<Thread> threads) {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static void sleepUntil(long nanoTime) {
        try {
            TimeUnit.NANOSECONDS.sleep(nanoTime - System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static double cpuSeconds(List<ProcessHandle> processes) {
        return processes.stream()
                        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
                        .mapToLong(Duration::toNanos)
                        .sum()
                / 1e9;
    }
}
