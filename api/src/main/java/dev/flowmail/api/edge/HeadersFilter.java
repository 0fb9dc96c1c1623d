package dev.flowmail.api.edge;

import dev.flowmail.api.problems.Problems;
import dev.flowmail.api.settings.FlowmailProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * {@code Strict-Transport-Security} on every answer, once the public address is https; and {@code Connection: close} once
 * Flowmail is being stopped: whoever keeps connections opens the next one elsewhere, in time.
 */
@Component
@Order(EdgeOrder.HEADERS)
final class HeadersFilter extends OncePerRequestFilter {
    private final boolean https;
    private final StopDelay stop;

    HeadersFilter(FlowmailProperties settings, StopDelay stop) {
        this.stop = stop;
        this.https = "https".equalsIgnoreCase(settings.publicUrl().getScheme());
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (https) {
            response.setHeader(Problems.STRICT_TRANSPORT_SECURITY, Problems.A_YEAR);
        }
        if (stop.isStopping()) {
            response.setHeader(HttpHeaders.CONNECTION, "close");
        }
        chain.doFilter(request, response);
    }
}
