package dev.flowmail.api.problems;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.flow.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What a failure looks like on the wire: Flow's problem body for programs, a short text for everybody else. */
public final class Problems {
    /** RFC 6797, section 6.1. */
    public static final String STRICT_TRANSPORT_SECURITY = "Strict-Transport-Security";

    public static final String A_YEAR = "max-age=31536000";

    private static final List<String> PROGRAMS = List.of("/api/", "/codec/", "/actuator/", "/v3/");
    private static final String PAGE = Page.class.getName();
    private static final MediaType TEXT = new MediaType(MediaType.TEXT_PLAIN, StandardCharsets.UTF_8);

    private Problems() {}

    /** Says in a page what is wrong. */
    @FunctionalInterface
    public interface Page {
        void write(HttpServletResponse response, HttpStatus status) throws IOException;
    }

    /** Has this request refused by a page, whoever refuses it: a person sent it. */
    public static void showBy(HttpServletRequest request, Page page) {
        request.setAttribute(PAGE, page);
    }

    /** Answers a request whose address cannot be read: people as where there is nothing, programs by 400. */
    public static void writeUnreadable(
            HttpServletRequest request, HttpServletResponse response, MissingPage missing, String message)
            throws IOException {
        String path = request.getRequestURI();
        write(
                isUnreadable(request, path, HttpStatus.BAD_REQUEST)
                        ? shown(missing, request)
                        : answer(request.getContextPath(), path, HttpStatus.BAD_REQUEST, new HttpHeaders(), message),
                response);
    }

    /** Answers a request that reaches no controller. Headers that were set before stay. */
    public static void write(
            HttpServletRequest request, HttpServletResponse response, HttpStatus status, String message)
            throws IOException {
        if (request.getAttribute(PAGE) instanceof Page page) {
            page.write(response, status);
            return;
        }
        write(answer(request.getContextPath(), request.getRequestURI(), status, new HttpHeaders(), message), response);
    }

    /** Writes an answer, a page's too. Headers that were set before stay. */
    public static void write(ResponseEntity<?> answer, HttpServletResponse response) throws IOException {
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> values.forEach(value -> response.setHeader(name, value)));
        byte[] body = answer.getBody() instanceof String text
                ? text.getBytes(StandardCharsets.UTF_8)
                : FlowJson.mapper().writeValueAsBytes(answer.getBody());
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /**
     * A failure's answer.
     *
     * @param contextPath the path prefix of the whole application; empty when there is none
     * @param path the request's whole path
     * @param headers what else the answer says, e.g. {@code Allow}
     */
    static ResponseEntity<Object> answer(
            String contextPath, String path, HttpStatus status, HttpHeaders headers, String message) {
        ResponseEntity.BodyBuilder answer = ResponseEntity.status(status)
                .headers(headers)
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .header("X-Content-Type-Options", "nosniff");
        if (isForPrograms(contextPath, path)) {
            return answer.contentType(MediaType.APPLICATION_JSON)
                    .header("X-ManyWho-Service-Problem-Kind", "service")
                    .body(Problem.of(path, status.value(), message));
        }
        return answer.contentType(TEXT)
                .header(
                        "Content-Security-Policy",
                        "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'")
                .header("Referrer-Policy", "same-origin")
                .header("X-Robots-Tag", "noindex, nofollow")
                .body(status.value() + " " + status.getReasonPhrase() + "\n" + message + "\n");
    }

    private static boolean isForPrograms(String contextPath, String path) {
        String local = path.startsWith(contextPath) ? path.substring(contextPath.length()) : path;
        // of a request line that cannot be read nothing is known, not even the path: no browser sends one
        return local.isEmpty() || PROGRAMS.stream().anyMatch((local + "/")::startsWith);
    }

    /** Whether somebody reads the answer in a browser. */
    static boolean isForPeople(HttpServletRequest request, String path) {
        String accept = Objects.requireNonNullElse(request.getHeader(HttpHeaders.ACCEPT), "");
        return accept.contains(MediaType.TEXT_HTML_VALUE) && !isForPrograms(request.getContextPath(), path);
    }

    /** Whether a person's address is none at all, such as a link that was cut within an escaped character. */
    static boolean isUnreadable(HttpServletRequest request, String path, HttpStatus status) {
        // whatever stands in place of a code is answered alike
        return status == HttpStatus.BAD_REQUEST && (path.startsWith("/decide/") || isForPeople(request, path));
    }

    static ResponseEntity<Object> shown(MissingPage missing, HttpServletRequest request) {
        ResponseEntity<String> page = missing.of(request.getLocale());
        return ResponseEntity.status(page.getStatusCode())
                .headers(page.getHeaders())
                .body(page.getBody());
    }

    /** What to say of a failure of which nothing but the status is known. */
    static String sentence(HttpStatus status) {
        return switch (status) {
            case BAD_REQUEST -> "The request is malformed or incomplete.";
            case UNAUTHORIZED -> "Sign in with the user name and password that Flowmail was given.";
            case NOT_FOUND -> "There is nothing at this address. The connector's address ends in /api/email/1.";
            case METHOD_NOT_ALLOWED -> "This address does not take this method.";
            case NOT_ACCEPTABLE -> "This address answers application/json only: accept it.";
            case CONTENT_TOO_LARGE -> "The request is too large.";
            case UNSUPPORTED_MEDIA_TYPE -> "This address does not take this Content-Type.";
            case TOO_MANY_REQUESTS -> "Too many requests: try again later.";
            case SERVICE_UNAVAILABLE -> "Flowmail cannot do this just now: try again later.";
            default -> status.is4xxClientError() ? "The request is wrong." : "Flowmail failed. Its log says where.";
        };
    }
}
