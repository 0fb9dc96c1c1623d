package dev.flowmail.simulator.page;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sends the state to every open page, at once and after each change; changes that come in a burst are sent as one. */
final class Live implements AutoCloseable {
    private final Supplier<PageState> state;
    private final Set<SseEmitter> pages = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean announced = new AtomicBoolean();

    /** A page that reads slowly must not hold up the engine or the mail server. */
    private final ExecutorService sender = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "live");
        thread.setDaemon(true);
        return thread;
    });

    private volatile boolean closed;

    Live(Supplier<PageState> state) {
        this.state = state;
    }

    SseEmitter open() {
        // never times out: a page stays open for as long as somebody looks at it
        SseEmitter page = new SseEmitter(-1L);
        page.onCompletion(() -> pages.remove(page));
        page.onError(gone -> pages.remove(page));
        sender.execute(() -> {
            pages.add(page);
            send(page, state.get());
            if (closed) {
                page.complete();
            }
        });
        return page;
    }

    /** Tells every page that something has changed. Does not wait. */
    void announce() {
        if (!closed && announced.compareAndSet(false, true)) {
            sender.execute(() -> {
                announced.set(false);
                PageState now = state.get();
                pages.forEach(page -> send(page, now));
            });
        }
    }

    private void send(SseEmitter page, PageState now) {
        try {
            page.send(now);
        } catch (IOException | IllegalStateException gone) {
            pages.remove(page);
        }
    }

    /** Ends every stream: the web server would wait for them when it stops. */
    @Override
    public void close() {
        closed = true;
        pages.forEach(SseEmitter::complete);
    }
}
