package dev.flowmail.api.ui;

import dev.flowmail.api.problems.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/** Hands requests on to the embedded server's UI, and its answers back, as streams. */
final class UiProxy {

    /** Said from one hop to the next (RFC 9110, section 7.6.1), or set by each hop itself. */
    private static final Set<String> OF_THE_HOP = Set.of(
            "connection",
            "content-length",
            "date",
            "expect",
            "host",
            "keep-alive",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /** The UI asks Temporal for at most 60 s. */
    private static final Duration PATIENCE = Duration.ofSeconds(70);

    private final String upstream;
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    UiProxy(InetSocketAddress ui) {
        this.upstream = "http://" + ui.getAddress().getHostAddress() + ":" + ui.getPort();
    }

    void handOn(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            HttpResponse<InputStream> answer = client.send(handedOn(request), BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                response.setStatus(answer.statusCode());
                answer.headers().map().forEach((name, values) -> {
                    if (isHandedOn(name)) {
                        values.forEach(value -> response.addHeader(name, value));
                    }
                });
                answer.headers().firstValueAsLong(HttpHeaders.CONTENT_LENGTH).ifPresent(response::setContentLengthLong);
                body.transferTo(response.getOutputStream());
            }
        } catch (IllegalArgumentException malformed) {
            Problems.write(request, response, HttpStatus.BAD_REQUEST, "This is no address of Temporal's UI.");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            unavailable(request, response);
        } catch (IOException lost) {
            if (response.isCommitted()) {
                throw lost;
            }
            unavailable(request, response);
        }
    }

    private static void unavailable(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.reset();
        Problems.write(
                request,
                response,
                HttpStatus.BAD_GATEWAY,
                "Temporal's UI does not answer; if Temporal has just been started again, it will in a moment.");
    }

    private HttpRequest handedOn(HttpServletRequest request) throws IOException {
        @Nullable String query = request.getQueryString();
        URI address = URI.create(upstream + request.getRequestURI() + (query == null ? "" : "?" + query));
        HttpRequest.Builder handedOn =
                HttpRequest.newBuilder(address).timeout(PATIENCE).method(request.getMethod(), body(request));
        for (String name : Collections.list(request.getHeaderNames())) {
            if (isHandedOn(name)) {
                Collections.list(request.getHeaders(name)).forEach(value -> handedOn.header(name, value));
            }
        }
        return handedOn.build();
    }

    private static BodyPublisher body(HttpServletRequest request) throws IOException {
        long length = request.getContentLengthLong();
        if (length == 0 || (length < 0 && request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null)) {
            return BodyPublishers.noBody();
        }
        InputStream body = request.getInputStream();
        BodyPublisher stream = BodyPublishers.ofInputStream(() -> body);
        return length < 0 ? stream : BodyPublishers.fromPublisher(stream, length);
    }

    private static boolean isHandedOn(String header) {
        return !OF_THE_HOP.contains(header.toLowerCase(Locale.ROOT));
    }
}
