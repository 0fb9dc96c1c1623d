package dev.flowmail.simulator.page;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets only this machine's own page in: 421 for a {@code Host} that is not a name of this machine (DNS rebinding), 403 for what
 * another site's page sends. Every answer carries a policy that runs and loads nothing from elsewhere.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
final class Guard extends OncePerRequestFilter {
    private static final Pattern THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");

    private static final String PAGE = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self';"
            + " connect-src 'self'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

    /** A mail brings its own styles. Without allow-scripts, allow-same-origin only lets the page measure its height. */
    private static final String MAIL = "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox;"
            + " default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'none'; base-uri 'none';"
            + " frame-ancestors 'self'";

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String host = Optional.ofNullable(request.getHeader(HttpHeaders.HOST)).orElse("");
        if (!THIS_MACHINE.matcher(host).matches()) {
            response.sendError(HttpStatus.MISDIRECTED_REQUEST.value());
            return;
        }
        if (!HttpMethod.GET.matches(request.getMethod()) && isForeign(request.getHeader(HttpHeaders.ORIGIN), host)) {
            response.sendError(HttpStatus.FORBIDDEN.value());
            return;
        }
        boolean mail = request.getRequestURI().startsWith(MailController.MAIL_HTML);
        response.setHeader("Content-Security-Policy", mail ? MAIL : PAGE);
        response.setHeader("Referrer-Policy", "no-referrer");
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        chain.doFilter(request, response);
    }

    /** Browsers name the origin of every POST; an engine's client has none. */
    private static boolean isForeign(@Nullable String origin, String host) {
        return origin != null && !origin.equals("http://" + host);
    }
}
