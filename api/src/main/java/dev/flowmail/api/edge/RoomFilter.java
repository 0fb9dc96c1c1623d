package dev.flowmail.api.edge;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 503 at once for calls beyond what can be worked on at the same time, in number and in bytes. Recipients' clicks are not
 * counted: half of the web server's threads are always left for them.
 */
@Component
@Order(EdgeOrder.ROOM)
final class RoomFilter extends OncePerRequestFilter {
    /** Half of {@code server.tomcat.threads.max}; more than Temporal can take up at the same time. */
    static final int CALLS = 100;

    private static final String RETRY_AFTER = "5";
    private static final int KIBIBYTE = 1024;
    private static final int LARGEST = FlowJson.LARGEST_BODY / KIBIBYTE;
    /** Reading a body takes several times its size; a sixteenth of the heap leaves the rest alone. */
    private static final int SHARE_OF_HEAP = 16;
    /** A large body's turn may come soon; the wait is a caller's, and short. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final Semaphore calls = new Semaphore(CALLS);
    private final Semaphore kibibytes;

    RoomFilter() {
        long share = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / KIBIBYTE;
        kibibytes = new Semaphore((int) Math.min(Integer.MAX_VALUE, Math.max(2L * LARGEST, share)));
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Calls.areLimited(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (!calls.tryAcquire()) {
            refuse(request, response);
            return;
        }
        try {
            admit(request, response, chain);
        } finally {
            calls.release();
        }
    }

    private void admit(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int size = size(request);
        if (!isRoomFor(size)) {
            refuse(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } finally {
            kibibytes.release(size);
        }
    }

    private boolean isRoomFor(int size) {
        try {
            return kibibytes.tryAcquire(size, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** What a body may take, in KiB: uploads are streamed, and a body whose size is not told may be the largest. */
    private static int size(HttpServletRequest request) {
        long announced = request.getContentLengthLong();
        if (BodyFilter.isStreamed(request) || announced > FlowJson.LARGEST_BODY) {
            return 0;
        }
        return announced < 0 ? LARGEST : (int) announced / KIBIBYTE;
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        Problems.write(
                request,
                response,
                HttpStatus.SERVICE_UNAVAILABLE,
                "Flowmail is busy with as many requests as it can work on: nothing was accepted, try again later.");
    }
}
