package dev.flowmail.verification.bench;

import dev.flowmail.verification.bench.Trip.Mailed;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The requests that are on their way. */
final class Trips {
    private final String run = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
    private final AtomicLong count = new AtomicLong();
    private final Map<String, Trip> open = new ConcurrentHashMap<>();

    Trip begin() {
        Trip trip = new Trip("bench-" + run + "-" + count.incrementAndGet());
        open.put(trip.id, trip);
        return trip;
    }

    void end(Trip trip) {
        open.remove(trip.id);
    }

    /** Takes {@code mailed TIME ID [LINK...]}, {@code code TIME ID CODE} and {@code called TIME ID}. */
    void note(String[] words) {
        @Nullable Trip trip = words.length < 3 ? null : open.get(words[2]);
        if (trip == null) {
            return;
        }
        long at = Long.parseLong(words[1]);
        if (words[0].equals("mailed")) {
            List<String> links = List.of(words).subList(3, words.length);
            trip.mailed.complete(new Mailed(at, links.isEmpty() ? List.of("-") : links));
        } else if (words[0].equals("code")) {
            trip.code.complete(words[3]);
        } else if (words[0].equals("called")) {
            trip.called.complete(at);
        }
    }
}
