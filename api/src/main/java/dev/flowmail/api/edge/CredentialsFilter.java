package dev.flowmail.api.edge;

import dev.flowmail.api.config.FlowmailProperties;
import dev.flowmail.api.problems.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** 401 for callers of Flow's and the operators' side who are not known. Recipients need no login. */
@Component
@Order(EdgeOrder.CREDENTIALS)
final class CredentialsFilter extends OncePerRequestFilter {
    // matched as the controllers' own paths are, so that no spelling of a path gets past this filter to one of them
    private static final List<PathPattern> GUARDED =
            patterns("/api/**", "/codec/**", "/actuator/**", "/v3/api-docs/**", "/v3/api-docs.yaml");
    private static final List<PathPattern> OPEN = patterns("/api/email/1/health", "/actuator/health/**");
    private static final PathPattern CODEC = patterns("/codec/**").get(0);

    private final Optional<Credentials> credentials;

    CredentialsFilter(FlowmailProperties properties) {
        this.credentials = Credentials.of(properties.auth());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        if (credentials.isEmpty()) {
            return true;
        }
        PathContainer path = ServletRequestPathUtils.parse(request).pathWithinApplication();
        return !isOneOf(GUARDED, path)
                || isOneOf(OPEN, path)
                || (HttpMethod.OPTIONS.matches(request.getMethod()) && CODEC.matches(path));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (Credentials.hasCertificate(request) || credentials.orElseThrow().areIn(request)) {
            chain.doFilter(request, response);
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

    private static boolean isOneOf(List<PathPattern> patterns, PathContainer path) {
        return patterns.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private static List<PathPattern> patterns(String... patterns) {
        return Stream.of(patterns).map(PathPatternParser.defaultInstance::parse).toList();
    }
}
