package dev.flowmail.api.edge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;

/**
 * What is still to come of a body that was refused: read for a while, so that its sender sees the answer and not a broken
 * connection. After that the connection ends.
 */
final class Leftover {

    static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Instant end = Instant.now().plus(PATIENCE);
    private final BodyControl line;
    private final AsyncContext context;
    private boolean isOver;

    Leftover(HttpServletRequest request, AsyncContext context) {
        this.line = BodyControl.of(request);
        this.context = context;
    }

    /** Reads what is there. */
    void read() throws IOException {
        while (!isOver && line.isReady() && line.skip()) {
            if (Instant.now().isAfter(end)) {
                hangUp();
            }
        }
    }

    /** Ends the connection. */
    void hangUp() {
        line.hangUp();
        finish();
    }

    /** Nothing more is to come, or to be waited for. */
    void finish() {
        if (!isOver) {
            isOver = true;
            context.complete();
        }
    }
}
