package dev.flowmail.api.edge;

import dev.flowmail.api.problems.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Semaphore;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 503 at once for calls beyond what can be worked on at the same time, and for uploads beyond a share of their own.
 * Recipients are not counted: a third of the web server's threads is always left for them.
 */
@Component
@Order(EdgeOrder.CONCURRENCY)
final class ConcurrencyFilter extends OncePerRequestFilter {

    /** Half of {@code server.tomcat.threads.max}; more than Temporal can take up at the same time. */
    static final int CALLS = 100;

    /** They hold a thread as long as their senders take: {@link PacedUpload}. */
    static final int UPLOADS = 30;

    private static final String RETRY_AFTER = "5";

    private final Semaphore calls = new Semaphore(CALLS);
    private final Semaphore uploads = new Semaphore(UPLOADS);

    /** A call whose body has arrived goes on in an asynchronous dispatch. */
    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Calls.areLimited(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean isUpload = Calls.areUploads(request);
        Semaphore room = isUpload ? uploads : calls;
        if (!room.tryAcquire()) {
            refuse(request, response);
            return;
        }
        try {
            chain.doFilter(isUpload ? new PacedUpload(request) : request, response);
        } finally {
            room.release();
        }
    }

    static void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER);
        Problems.write(
                request,
                response,
                HttpStatus.SERVICE_UNAVAILABLE,
                "Flowmail is busy with as many requests as it can work on: nothing was accepted, try again later.");
    }
}
