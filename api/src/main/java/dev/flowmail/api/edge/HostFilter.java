package dev.flowmail.api.edge;

import dev.flowmail.api.problems.Problems;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.api.settings.Loopback;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Without credentials Flowmail answers this machine only: 421 for every other {@code Host}, so that a page in a browser
 * cannot reach it under a name of its own (DNS rebinding).
 */
@Component
@Order(EdgeOrder.HOST)
final class HostFilter extends OncePerRequestFilter {
    private final boolean active;

    HostFilter(FlowmailProperties properties) {
        this.active = Credentials.of(properties.auth()).isEmpty();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !active || Credentials.hasCertificate(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST)).orElseGet(request::getServerName);
        if (Loopback.isNamedBy(host)) {
            chain.doFilter(request, response);
            return;
        }
        Problems.write(
                request,
                response,
                HttpStatus.MISDIRECTED_REQUEST,
                "Without FLOWMAIL_AUTH_USERNAME and FLOWMAIL_AUTH_PASSWORD Flowmail answers under localhost only.");
    }
}
