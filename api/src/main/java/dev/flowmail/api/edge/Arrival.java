package dev.flowmail.api.edge;

import dev.flowmail.api.problems.Problems;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** The coming of one body, for which no thread waits; once it is there the request goes on. */
final class Arrival implements ReadListener {

    private final byte[] buffer = new byte[8 * 1024];
    private final Pace pace = new Pace(InstantSource.system());
    private final Body body;
    private final HttpServletRequest request;
    private final HttpServletResponse response;
    private final ServletInputStream input;
    private final AsyncContext context;

    /** Once the request was refused. */
    private @Nullable Leftover leftover;

    Arrival(Body body, HttpServletRequest request, HttpServletResponse response) throws IOException {
        this.body = body;
        this.request = request;
        this.response = response;
        this.input = request.getInputStream();
        this.context = request.startAsync();
    }

    void begin() {
        context.setTimeout(Pace.longest(body.largest()).toMillis());
        context.addListener(new Ending(this::endLate, body::close));
        BodyControl.of(request).invite();
        input.setReadListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
        while (leftover == null && input.isReady()) {
            int read = input.read(buffer);
            if (read < 0) {
                return;
            }
            take(read);
        }
        if (leftover != null) {
            leftover.read();
        }
    }

    private void take(int read) throws IOException {
        long size = body.size() + (long) read;
        if (pace.isTooSlow(size)) {
            endLate();
        } else if (body.isTooLarge(size)) {
            body.refuseAsTooLarge(request, response);
            passOver();
        } else if (!body.add(buffer, read)) {
            ConcurrencyFilter.refuse(request, response);
            passOver();
        }
    }

    private void passOver() throws IOException {
        response.flushBuffer();
        body.close();
        leftover = new Leftover(request, context);
    }

    private void endLate() throws IOException {
        if (leftover == null) {
            leftover = new Leftover(request, context);
            Problems.write(
                    request,
                    response,
                    HttpStatus.REQUEST_TIMEOUT,
                    "The request took too long to arrive: send it faster.");
        }
        leftover.hangUp();
    }

    @Override
    public void onAllDataRead() {
        if (leftover == null) {
            context.dispatch();
        } else {
            leftover.finish();
        }
    }

    @Override
    public void onError(Throwable gone) {
        // Ending
    }
}
