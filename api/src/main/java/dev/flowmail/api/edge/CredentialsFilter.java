package dev.flowmail.api.edge;

import dev.flowmail.api.config.FlowmailProperties;
import dev.flowmail.api.limits.Quota;
import dev.flowmail.api.limits.Source;
import dev.flowmail.api.problems.Problems;
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

/** 401 for callers of Flow's and the operators' side who are not known. Recipients need no login. */
@Component
@Order(EdgeOrder.CREDENTIALS)
final class CredentialsFilter extends OncePerRequestFilter {
    /** Guesses in a minute from one source; who knows the password is let in however many there were. */
    private static final int MOST_GUESSES = 300;

    private final Quota guesses = new Quota(MOST_GUESSES);
    private final Optional<Credentials> credentials;

    CredentialsFilter(FlowmailProperties properties) {
        this.credentials = Credentials.of(properties.auth());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return credentials.isEmpty() || !Calls.areGuarded(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Credentials.hasCertificate(request) || credentials.orElseThrow().areIn(request)) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Duration> pause = guesses.take(Source.of(request));
        if (pause.isPresent()) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(pause.get().toSeconds()));
            Problems.write(
                    request,
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "Too many calls without the right user name and password: try again later.");
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"Flowmail\", charset=\"UTF-8\"");
        Problems.write(
                request,
                response,
                HttpStatus.UNAUTHORIZED,
                "Flowmail wants HTTP Basic with FLOWMAIL_AUTH_USERNAME and FLOWMAIL_AUTH_PASSWORD: enter them in the"
                        + " connector's HTTP authentication.");
    }
}
