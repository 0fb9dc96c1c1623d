package dev.flowmail.verification.bench;

import dev.flowmail.verification.programs.Pause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** Callers and recipients: each caller has one request on its way, and begins the next when that one is through. */
final class Load {
    private static final double MOST = 0.95;
    private static final Duration LOOK = Duration.ofMillis(100);

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
     * @param perSecond how many came to their end in it
     * @param cpu for each of these
     */
    record Sample(List<Trip> trips, double perSecond, Cpu cpu) {}

    /** Decisions, answered as soon as the mail is there, for a time; a run-up is not measured. */
    Sample decisions(Contender who, int callers, Duration runUp, Duration length) {
        List<Trip> done = Collections.synchronizedList(new ArrayList<>());
        AtomicBoolean enough = new AtomicBoolean();
        long from = System.nanoTime() + runUp.toNanos();
        Callers busy = Callers.start(callers, () -> !enough.get(), () -> done.add(decide(who)), failures);
        Clock.sleepUntil(from);
        long begin = Clock.micros();
        Cpu before = Cpu.of(who);
        Clock.sleepUntil(from + length.toNanos());
        long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(Trip.PATIENCE_SECONDS);
        // a measurement of nothing would be none
        while (System.nanoTime() < patience && begunSince(begin, done).isEmpty()) {
            Pause.of(LOOK);
        }
        long end = Clock.micros();
        enough.set(true);
        Cpu used = Cpu.of(who).since(before);
        busy.join();
        int count = (int) done.stream()
                .filter(trip -> trip.called.join() >= begin && trip.called.join() < end)
                .count();
        return new Sample(begunSince(begin, done), count * 1_000_000.0 / (end - begin), used.each(count));
    }

    private static List<Trip> begunSince(long begin, List<Trip> done) {
        synchronized (done) {
            return done.stream().filter(trip -> trip.begun >= begin).toList();
        }
    }

    /** So many decisions, to get warm. */
    void warmUp(Contender who, int callers, int decisions) {
        Callers.share(callers, decisions, () -> decide(who), failures);
    }

    /** So many decisions that nobody answers yet; returns when their mails are there. */
    List<Trip> park(Contender who, int callers, int decisions) {
        List<Trip> parked = Collections.synchronizedList(new ArrayList<>());
        Runnable park = () -> {
            Trip trip = trips.begin();
            who.ask(trip);
            trip.awaitMail();
            parked.add(trip);
        };
        Callers.share(callers, decisions, park, failures);
        return parked;
    }

    /** Answers what was parked, one after the other. */
    void answer(Contender who, List<Trip> parked) {
        parked.forEach(trip -> answer(who, trip));
    }

    /**
     * So many plain mails handed over as fast as they are accepted; how many a second arrived, until 95 % were there: Temporal
     * gives a task that got lost on its way to the worker again after a minute, and one such mail must not be all that counts.
     */
    Sample sends(Contender who, int callers, int mails) {
        List<Trip> sent = Collections.synchronizedList(new ArrayList<>());
        long begin = Clock.micros();
        Cpu before = Cpu.of(who);
        Runnable send = () -> {
            Trip trip = trips.begin();
            who.send(trip);
            sent.add(trip);
        };
        Callers.share(callers, mails, send, failures);
        List<Long> arrived = arrivals(sent);
        Cpu used = Cpu.of(who).since(before);
        int most = (int) (arrived.size() * MOST);
        double seconds = most == 0 ? 1 : (arrived.get(most - 1) - begin) / 1_000_000.0;
        return new Sample(sent, most / seconds, used.each(sent.size()));
    }

    /** When their mails came, first ones first; what never comes is noted. */
    private List<Long> arrivals(List<Trip> sent) {
        List<Long> arrived = new ArrayList<>();
        for (Trip trip : sent) {
            try {
                arrived.add(trip.awaitMail().at());
            } catch (IllegalStateException lost) {
                failures.add(lost.getMessage());
            }
            trips.end(trip);
        }
        Collections.sort(arrived);
        return arrived;
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
        Trip.Mailed mail = trip.awaitMail();
        trip.clicked = Clock.micros();
        who.answer(trip, mail.link());
        trip.awaitCall();
    }
}
