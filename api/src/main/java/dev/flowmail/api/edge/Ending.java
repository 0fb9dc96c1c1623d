package dev.flowmail.api.edge;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;

/** What happens when something that waits for a client's bytes has waited too long, and when it is over. */
final class Ending implements AsyncListener {

    /** What to do when it has waited too long. */
    @FunctionalInterface
    interface Late {
        void end() throws IOException;
    }

    private final Late late;
    private final Runnable over;

    Ending(Late late, Runnable over) {
        this.late = late;
        this.over = over;
    }

    @Override
    public void onTimeout(AsyncEvent event) throws IOException {
        late.end();
    }

    @Override
    public void onError(AsyncEvent event) {
        // nobody is left to be answered
        event.getAsyncContext().complete();
    }

    @Override
    public void onComplete(AsyncEvent event) {
        over.run();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
        // the bytes are there: what is waited for from then on has its own limit
    }
}
