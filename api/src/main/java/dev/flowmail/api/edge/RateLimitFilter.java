package dev.flowmail.api.edge;

import dev.flowmail.api.limits.RateLimit;
import dev.flowmail.api.limits.Source;
import dev.flowmail.api.problems.Problems;
import dev.flowmail.api.settings.FlowmailProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 429 for a source that calls more often than it may. It counts callers who are known: a stranger behind the same proxy
 * cannot use up what is Flow's.
 */
@Component
@Order(EdgeOrder.RATE)
final class RateLimitFilter extends OncePerRequestFilter {
    private final RateLimit limit;

    RateLimitFilter(FlowmailProperties settings) {
        this.limit = new RateLimit(settings.limits().requestsPerSource());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Calls.areLimited(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Duration> pause = limit.take(Source.of(request));
        if (pause.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        response.setHeader(HttpHeaders.RETRY_AFTER, Long.toString(pause.get().toSeconds()));
        Problems.write(
                request,
                response,
                HttpStatus.TOO_MANY_REQUESTS,
                "More requests in a minute than FLOWMAIL_LIMITS_REQUESTS_PER_SOURCE lets one caller make:"
                        + " try again later.");
    }
}
