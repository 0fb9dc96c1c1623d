package dev.flowmail.api.edge;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Sees to the {@link Leftover} of a request that was answered before all of it was there; no thread waits for it. */
@Component
@Order(EdgeOrder.LEFTOVER)
final class LeftoverFilter extends OncePerRequestFilter {

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        boolean isWaited = request.isAsyncStarted() || BodyControl.of(request).isBodyRead();
        // who asks before sending has the answer, and sends nothing
        if (!isWaited && request.getHeader(HttpHeaders.EXPECT) == null) {
            response.flushBuffer();
            read(request);
        }
    }

    private static void read(HttpServletRequest request) {
        AsyncContext context = request.startAsync();
        Leftover leftover = new Leftover(request, context);
        context.setTimeout(Leftover.PATIENCE.toMillis());
        context.addListener(new Ending(leftover::hangUp, () -> {}));
        BodyControl.of(request).setReadListener(new ReadListener() {
            @Override
            public void onDataAvailable() throws IOException {
                leftover.read();
            }

            @Override
            public void onAllDataRead() {
                leftover.finish();
            }

            @Override
            public void onError(Throwable gone) {
                // Ending
            }
        });
    }
}
