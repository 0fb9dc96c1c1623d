package dev.flowmail.api.metrics;

import dev.flowmail.api.actions.ActionNames;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Counts, by the status that they were answered with, the action calls that were not accepted and {@code flowmail.answers},
 * what recipients submitted. Before the filters that refuse.
 */
@Order(Ordered.HIGHEST_PRECEDENCE + 2)
public final class DoorMeters extends OncePerRequestFilter {
    private static final String DECIDE = "/decide/";

    enum AnswerResult {
        RECORDED,
        /** Recorded, but no worker has confirmed it in time. */
        PENDING,
        /** Not recorded: the page asks for a code. */
        ASKED,
        /** It was decided or answered otherwise before. */
        CONFLICT,
        /** The request has ended, or somebody else is asked instead. */
        GONE,
        /** No such outcome, or a comment is missing or too long. */
        INVALID,
        /** Not a link of ours. */
        UNKNOWN,
        TOO_MANY,
        UNAVAILABLE,
        FAILED
    }

    private final RequestMeters requests;
    private final Counters<AnswerResult> answers;

    public DoorMeters(MeterRegistry registry, RequestMeters requests) {
        this.requests = requests;
        this.answers = new Counters<>(
                registry,
                "flowmail.answers",
                "Decision pages that recipients submitted",
                Tags.empty(),
                "result",
                AnswerResult.class);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return !request.getMethod().equals("POST") || !(ActionNames.isPath(path) || path.startsWith(DECIDE));
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        int status = HttpServletResponse.SC_INTERNAL_SERVER_ERROR;
        try {
            chain.doFilter(request, response);
            status = response.getStatus();
        } finally {
            if (request.isAsyncStarted()) {
                request.getAsyncContext().addListener(new AtTheEnd(request.getRequestURI()), request, response);
            } else {
                count(request.getRequestURI(), status);
            }
        }
    }

    /** Of a request whose body, and perhaps the answer, is still to come. */
    private final class AtTheEnd implements AsyncListener {
        private final String path;

        AtTheEnd(String path) {
            this.path = path;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            count(path, ((HttpServletResponse) event.getSuppliedResponse()).getStatus());
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            // it is complete then
        }

        @Override
        public void onError(AsyncEvent event) {
            // it is complete then
        }

        @Override
        public void onStartAsync(AsyncEvent event) {
            // whoever listened is forgotten then
            event.getAsyncContext().addListener(this, event.getSuppliedRequest(), event.getSuppliedResponse());
        }
    }

    private void count(String path, int status) {
        if (path.startsWith(DECIDE)) {
            answers.count(answer(status));
            return;
        }
        if (ActionNames.isPath(path) && status >= 400) {
            requests.refused(path.equals(ActionNames.path(ActionNames.DECISION)), status);
        }
    }

    private static AnswerResult answer(int status) {
        return switch (status) {
            case 200 -> AnswerResult.RECORDED;
            case 202 -> AnswerResult.PENDING;
            case 404 -> AnswerResult.UNKNOWN;
            case 409 -> AnswerResult.CONFLICT;
            case 410 -> AnswerResult.GONE;
            case 428 -> AnswerResult.ASKED;
            case 429 -> AnswerResult.TOO_MANY;
            case 503 -> AnswerResult.UNAVAILABLE;
            default -> status < 500 ? AnswerResult.INVALID : AnswerResult.FAILED;
        };
    }
}
