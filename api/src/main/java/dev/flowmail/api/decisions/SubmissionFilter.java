package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.GenuineLinks.Refusal;
import dev.flowmail.api.edge.EdgeOrder;
import dev.flowmail.api.problems.Problems;
import dev.flowmail.templates.Page.Kind;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.PathContainer;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ServletRequestPathUtils;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** Refuses, before a byte of it is read, what is submitted to no genuine link, or is no form. */
@Component
@Order(EdgeOrder.CODES)
final class SubmissionFilter extends OncePerRequestFilter {

    private static final PathPattern PATH = PathPatternParser.defaultInstance.parse(GenuineLinks.PATH);

    private final GenuineLinks links;
    private final PageResponses responses;

    SubmissionFilter(GenuineLinks links, PageResponses responses) {
        this.links = links;
        this.responses = responses;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !HttpMethod.POST.matches(request.getMethod()) || !PATH.matches(path(request));
    }

    private static PathContainer path(HttpServletRequest request) {
        return ServletRequestPathUtils.parse(request).pathWithinApplication();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Locale locale = request.getLocale();
        Optional<Refusal> refusal = refusal(request);
        if (refusal.isPresent()) {
            show(response, refusal.get(), locale);
            return;
        }
        Problems.showBy(request, (answer, status) -> show(answer, new Refusal(status, kind(status)), locale));
        chain.doFilter(request, response);
    }

    private void show(HttpServletResponse response, Refusal refusal, Locale locale) throws IOException {
        responses.write(response, refusal.status(), PageResponses.notice(locale, refusal.page()));
    }

    /** A form that is too large, or that broke off. */
    private static Kind kind(HttpStatus status) {
        return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.REQUEST_TIMEOUT
                ? Kind.TRY_LATER
                : Kind.BAD_REQUEST;
    }

    private Optional<Refusal> refusal(HttpServletRequest request) {
        Optional<DecisionLink> link = Optional.ofNullable(PATH.matchAndExtract(path(request)))
                .map(match -> match.getUriVariables().get("code"))
                .flatMap(links::verify);
        if (link.isEmpty()) {
            return Optional.of(links.unknown(request));
        }
        return Form.isIn(request)
                ? Optional.empty()
                : Optional.of(new Refusal(HttpStatus.UNSUPPORTED_MEDIA_TYPE, Kind.BAD_REQUEST));
    }
}
