package dev.flowmail.api.edge;

import dev.flowmail.api.problems.Problems;
import dev.flowmail.api.settings.FlowmailProperties;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * 403 for calls of Flow's API that a page elsewhere has a browser make ({@code Sec-Fetch-Site}, Fetch Metadata; {@code Origin},
 * RFC 6454): with no login set they would need none, and with one the browser may have kept it. Flow sends neither header.
 */
@Component
@Order(EdgeOrder.CROSS_SITE)
final class CrossSiteFilter extends OncePerRequestFilter {

    private static final String FETCH_SITE = "Sec-Fetch-Site";

    /** {@code none}: somebody typed the address. */
    private static final Set<String> OURS = Set.of("same-origin", "none");

    private final String origin;

    CrossSiteFilter(FlowmailProperties settings) {
        this.origin = origin(settings.publicUrl());
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !Calls.areFlows(request);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isElsewhere(request.getHeader(FETCH_SITE)) || isForeign(request)) {
            Problems.write(
                    request,
                    response,
                    HttpStatus.FORBIDDEN,
                    "A page of another site may not call Flowmail from a browser: call it from Flow.");
            return;
        }
        chain.doFilter(request, response);
    }

    private static boolean isElsewhere(@Nullable String site) {
        return site != null && !OURS.contains(site.strip().toLowerCase(Locale.ROOT));
    }

    /** Ours are the public address and the one that the request itself was sent to. */
    private boolean isForeign(HttpServletRequest request) {
        String sender = request.getHeader(HttpHeaders.ORIGIN);
        return sender != null
                && !sender.equalsIgnoreCase(origin)
                && !sender.equalsIgnoreCase(request.getScheme() + "://" + request.getHeader(HttpHeaders.HOST));
    }

    private static String origin(URI address) {
        return address.getScheme() + "://" + address.getRawAuthority();
    }
}
