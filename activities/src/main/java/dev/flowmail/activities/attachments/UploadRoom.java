package dev.flowmail.activities.attachments;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.apache.commons.io.input.ProxyInputStream;

/**
 * How much room uploads take, each tenant's and all: what the store had when it was listed last, and what has come since or
 * is coming. Other processes' uploads are seen with the next list. Before it refuses it lists again. Safe for several
 * threads.
 */
final class UploadRoom {

    /** Each file counts as this much at least, in bytes: many small ones are a burden too. */
    static final long LEAST = 64L * 1024;

    /** Refusals must not list a large store each time, unless something was deleted. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    /** What uploads the store has, by their names. */
    @FunctionalInterface
    interface Listing {
        Map<String, Folder.Entry> list() throws IOException;
    }

    private final Limits limits;
    private final Listing listing;
    private final ReentrantLock listed = new ReentrantLock();
    private final Set<Place> since = new HashSet<>();
    private final Map<String, Long> sums = new HashMap<>();
    private long total;
    private boolean isListed;
    private boolean isFresh;
    private long listedAt;

    UploadRoom(Limits limits, Listing listing) {
        this.limits = limits;
        this.listing = listing;
    }

    /** A place for an upload that begins, to be closed; what has come is counted as long as it was not completed. */
    Place take(String name) throws IOException {
        if (!isListed()) {
            listUnless(this::isListed);
        }
        Place place = new Place(name);
        place.grow(0);
        return place;
    }

    /** Counts by a list. */
    void count(Listing uploads) throws IOException {
        listed.lock();
        try {
            Set<Place> before = beforeList();
            afterList(uploads.list(), before);
        } finally {
            listed.unlock();
        }
    }

    private void listUnless(BooleanSupplier isDone) throws IOException {
        listed.lock();
        try {
            if (!isDone.getAsBoolean()) {
                count(listing);
            }
        } finally {
            listed.unlock();
        }
    }

    private synchronized Set<Place> beforeList() {
        isFresh = true;
        Set<Place> complete = new HashSet<>(since);
        complete.removeIf(place -> !place.isComplete);
        return complete;
    }

    private synchronized void afterList(Map<String, Folder.Entry> uploads, Set<Place> before) {
        since.removeAll(before);
        since.removeIf(place -> uploads.containsKey(place.name));
        sums.clear();
        total = 0;
        uploads.forEach((name, upload) ->
                Tenants.markIn(name).ifPresent(mark -> add(mark, Math.max(LEAST, upload.size()))));
        since.forEach(place -> add(place.mark, place.size));
        listedAt = System.nanoTime();
        isListed = true;
    }

    /** Notes that an upload was deleted: the next refusal looks whether there is room again. */
    synchronized void freed() {
        isFresh = false;
    }

    private synchronized boolean isListed() {
        return isListed;
    }

    private synchronized boolean isFresh() {
        return isFresh && System.nanoTime() - listedAt < FRESH.toNanos();
    }

    private void add(String mark, long bytes) {
        sums.merge(mark, bytes, Long::sum);
        total += bytes;
    }

    private synchronized boolean isGrown(Place place, long size) {
        long more = size - place.size;
        if (isOver(sums.getOrDefault(place.mark, 0L), more, limits.tenant()) || isOver(total, more, limits.store())) {
            return false;
        }
        since.add(place);
        place.size = size;
        add(place.mark, more);
        return true;
    }

    private synchronized NoRoomException refusal(Place place, long size) {
        boolean isTenants = isOver(sums.getOrDefault(place.mark, 0L), size - place.size, limits.tenant());
        return new NoRoomException(isTenants, isTenants ? limits.tenant() : limits.store());
    }

    private static boolean isOver(long there, long more, long limit) {
        return there > limit - more;
    }

    private synchronized void complete(Place place) {
        place.isComplete = true;
    }

    private synchronized void close(Place place) {
        if (!place.isComplete && since.remove(place)) {
            add(place.mark, -place.size);
        }
    }

    /** The room of one upload. */
    final class Place implements AutoCloseable {
        private final String name;
        private final String mark;
        private long size;
        private boolean isComplete;

        private Place(String name) {
            this.name = name;
            this.mark = Tenants.markIn(name).orElseThrow();
        }

        /** The upload's bytes, which take room as they arrive: beyond it reading fails with {@link NoRoomException}. */
        InputStream filledBy(InputStream bytes) {
            return new Filling(bytes);
        }

        private void grow(long arrived) throws IOException {
            long wanted = Math.max(LEAST, arrived);
            if (wanted == size || isGrown(this, wanted)) {
                return;
            }
            if (!UploadRoom.this.isFresh()) {
                listUnless(UploadRoom.this::isFresh);
            }
            if (!isGrown(this, wanted)) {
                throw refusal(this, wanted);
            }
        }

        /** All of it is in the store: the next list will have it. */
        void complete() {
            UploadRoom.this.complete(this);
        }

        @Override
        public void close() {
            UploadRoom.this.close(this);
        }

        private final class Filling extends ProxyInputStream {
            private long arrived;

            Filling(InputStream bytes) {
                super(bytes);
            }

            @Override
            protected void afterRead(int count) throws IOException {
                arrived += Math.max(count, 0);
                grow(arrived);
            }
        }
    }
}
