package dev.flowmail.api.edge;

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

/** 401 for callers of Flow's and the operators' side who are not known. Recipients need no login. */
@Component
@Order(EdgeOrder.CREDENTIALS)
final class CredentialsFilter extends OncePerRequestFilter {
    private final LoginThrottle throttle = new LoginThrottle();
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
        if (Credentials.hasCertificate(request)) {
            chain.doFilter(request, response);
            return;
        }
        String source = Source.of(request);
        Optional<Duration> pause = throttle.pause(source);
        if (isLetIn(request, source, pause.isPresent())) {
            throttle.right(source);
            chain.doFilter(request, response);
            return;
        }
        pause = pause.isPresent() ? pause : throttle.wrong(source);
        if (pause.isPresent()) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(pause.get().toSeconds() + 1));
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

    private boolean isLetIn(HttpServletRequest request, String source, boolean isThrottled) {
        return isThrottled
                ? throttle.maySpeak(source) && credentials.orElseThrow().areKnownIn(request)
                : credentials.orElseThrow().areIn(request);
    }
}
