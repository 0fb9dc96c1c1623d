package dev.flowmail.api.ui;

import dev.flowmail.api.problems.Problems;
import dev.flowmail.api.settings.Loopback;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Answers all that comes by the UI's port, and nothing else: the UI's own pages, people who follow a link to them, and
 * programs of this machine are handed on; what another page in a browser has a hand in is refused.
 */
final class UiGuard extends OncePerRequestFilter {

    /** By Fetch's {@code Sec-Fetch-Site}: asked by the UI's own page, or by a person. */
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private final int port;
    private final Optional<UiProxy> proxy;

    /** @param proxy empty where there is no UI, and nobody listens on its port */
    UiGuard(int port, Optional<UiProxy> proxy) {
        this.port = port;
        this.proxy = proxy;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return proxy.isEmpty() || request.getLocalPort() != port;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            Problems.write(
                    request, response, refusal.get().status(), refusal.get().sentence());
            return;
        }
        proxy.orElseThrow().handOn(request, response);
    }

    @Override
    public void destroy() {
        proxy.ifPresent(UiProxy::close);
    }

    private static Optional<Refusal> refusal(HttpServletRequest request) {
        @Nullable String host = request.getHeader(HttpHeaders.HOST);
        @Nullable String origin = request.getHeader(HttpHeaders.ORIGIN);
        if (host == null || !Loopback.isNamedBy(host)) {
            return Optional.of(Refusal.FOREIGN_HOST);
        }
        if (origin != null) {
            return origin.equals("http://" + host) ? Optional.empty() : Optional.of(Refusal.FOREIGN_PAGE);
        }
        if (!isOwn(request) && !isLinkFollowed(request)) {
            return Optional.of(Refusal.FOREIGN_PAGE);
        }
        return isForm(request) ? Optional.of(Refusal.FORM) : Optional.empty();
    }

    private static boolean isOwn(HttpServletRequest request) {
        @Nullable String site = request.getHeader("Sec-Fetch-Site");
        return site == null || OWN.contains(site);
    }

    private static boolean isLinkFollowed(HttpServletRequest request) {
        return request.getMethod().equals("GET")
                && "navigate".equals(request.getHeader("Sec-Fetch-Mode"))
                && "document".equals(request.getHeader("Sec-Fetch-Dest"));
    }

    /** What any page may post anywhere, and an old browser without saying where from. */
    private static boolean isForm(HttpServletRequest request) {
        @Nullable String type = request.getContentType();
        return type != null
                && Stream.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
                        .anyMatch(form -> type.strip().regionMatches(true, 0, form, 0, form.length()));
    }

    private enum Refusal {
        FOREIGN_HOST(HttpStatus.MISDIRECTED_REQUEST, "Temporal's UI answers under localhost only."),
        FOREIGN_PAGE(HttpStatus.FORBIDDEN, "Temporal's UI answers its own pages only."),
        FORM(HttpStatus.UNSUPPORTED_MEDIA_TYPE, "Temporal's UI takes application/json only.");

        private final HttpStatus status;
        private final String sentence;

        Refusal(HttpStatus status, String sentence) {
            this.status = status;
            this.sentence = sentence;
        }

        HttpStatus status() {
            return status;
        }

        String sentence() {
            return sentence;
        }
    }
}
