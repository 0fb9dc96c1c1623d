package dev.flowmail.api.problems;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.context.request.ServletWebRequest;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;
import tools.jackson.core.JacksonException;

/** Answers what controllers throw and what reaches none. The last resort: an advice of the pages' own goes first. */
@ControllerAdvice
@Order(Ordered.LOWEST_PRECEDENCE)
final class ProblemAdvice extends ResponseEntityExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);
    private static final Duration TRY_AGAIN = Duration.ofSeconds(5);

    private final MissingPage missing;

    ProblemAdvice(MissingPage missing) {
        this.missing = missing;
    }

    @ExceptionHandler
    @Nullable
    ResponseEntity<Object> handleAnything(Exception failure, WebRequest request) {
        return handleExceptionInternal(failure, null, new HttpHeaders(), HttpStatus.INTERNAL_SERVER_ERROR, request);
    }

    @Override
    protected @Nullable ResponseEntity<Object> handleExceptionInternal(
            Exception failure, @Nullable Object body, HttpHeaders headers, HttpStatusCode code, WebRequest request) {
        ServletWebRequest exchange = (ServletWebRequest) request;
        if (Objects.requireNonNull(exchange.getResponse()).isCommitted()) {
            return null;
        }
        HttpServletRequest servletRequest = exchange.getRequest();
        // a handler that promised another type (a page, say) must not keep the problem from being written
        servletRequest.removeAttribute(HandlerMapping.PRODUCIBLE_MEDIA_TYPES_ATTRIBUTE);
        Optional<ProblemException> problem = problemIn(failure);
        HttpStatus status = problem.map(ProblemException::status).orElse(statusOf(code));
        if (status == HttpStatus.NOT_FOUND && Problems.isForPeople(servletRequest, servletRequest.getRequestURI())) {
            return Problems.shown(missing, servletRequest);
        }
        if (status == HttpStatus.INTERNAL_SERVER_ERROR) {
            log(servletRequest, failure);
        }
        problem.map(ProblemException::retryAfter)
                .or(() -> mayBeTriedAgain(status) ? Optional.of(TRY_AGAIN) : Optional.empty())
                .ifPresent(pause -> headers.set(HttpHeaders.RETRY_AFTER, Long.toString(pause.toSeconds())));
        String message = problem.map(Throwable::getMessage).orElseGet(() -> sentence(failure, headers, status));
        return Problems.answer(
                servletRequest.getContextPath(), servletRequest.getRequestURI(), status, headers, message);
    }

    /** The reader of a body wraps what the body itself throws, e.g. that it is too large. */
    private static Optional<ProblemException> problemIn(Exception failure) {
        return Stream.iterate((Throwable) failure, Objects::nonNull, Throwable::getCause)
                .limit(20)
                .filter(ProblemException.class::isInstance)
                .map(ProblemException.class::cast)
                .findFirst();
    }

    private static HttpStatus statusOf(HttpStatusCode code) {
        return Optional.ofNullable(HttpStatus.resolve(code.value())).orElse(HttpStatus.INTERNAL_SERVER_ERROR);
    }

    private static boolean mayBeTriedAgain(HttpStatus status) {
        return status == HttpStatus.SERVICE_UNAVAILABLE || status == HttpStatus.TOO_MANY_REQUESTS;
    }

    private static String sentence(Exception failure, HttpHeaders headers, HttpStatus status) {
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return unreadable(unreadable);
        }
        if (status == HttpStatus.METHOD_NOT_ALLOWED && !headers.getAllow().isEmpty()) {
            return "This address takes " + names(headers.getAllow()) + ".";
        }
        if (status == HttpStatus.UNSUPPORTED_MEDIA_TYPE && !headers.getAccept().isEmpty()) {
            return "Send the body with the Content-Type " + headers.getFirst(HttpHeaders.ACCEPT) + ".";
        }
        return Problems.sentence(status);
    }

    private static String names(Set<HttpMethod> methods) {
        return methods.stream().map(HttpMethod::name).sorted().collect(Collectors.joining(", "));
    }

    /** Where the body stops being what Flow sends. What stands there may be a password: it is not repeated. */
    private static String unreadable(HttpMessageNotReadableException failure) {
        if (failure.getCause() instanceof JacksonException broken && broken.getLocation() != null) {
            return "The body is not the JSON that Flow sends: see line "
                    + broken.getLocation().getLineNr() + ", column "
                    + broken.getLocation().getColumnNr() + ".";
        }
        return "The body is missing or is not the JSON that Flow sends.";
    }

    private static void log(HttpServletRequest request, Exception failure) {
        Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        LOG.error("{} {} failed", request.getMethod(), pattern, FailureWithoutMessage.of(failure));
    }
}
