package dev.flowmail.verification.e2e;

import com.sun.net.httpserver.HttpExchange;
import dev.flowmail.servers.WebServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/**
 * What stands in front of Flowmail: takes a path prefix off and hands each request on, over connections that it keeps, to where
 * it is told just then. As usual, a POST is never handed on twice.
 */
final class ReverseProxy implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Said from one hop to the next. */
    private static final Set<String> OF_THE_HOP =
            Set.of("connection", "content-length", "date", "host", "keep-alive", "te", "transfer-encoding", "upgrade");

    private final String prefix;
    private final Supplier<Optional<URI>> upstream;
    private final WebServer server = new WebServer();
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final List<String> strays = new CopyOnWriteArrayList<>();
    private final List<String> broken = new CopyOnWriteArrayList<>();

    /**
     * Listens at once, on a free port of 127.0.0.1.
     *
     * @param prefix empty, or with a slash in front and none behind
     * @param upstream where the next request goes; empty when there is nobody
     */
    ReverseProxy(String prefix, Supplier<Optional<URI>> upstream) {
        this.prefix = prefix;
        this.upstream = upstream;
        server.on("/", this::handle);
    }

    /** Its address, the prefix included, ending in no slash. */
    URI address() {
        return URI.create("http://localhost:" + server.port() + prefix);
    }

    /** Requests for something that is not below the prefix; each was answered 404. */
    List<String> strays() {
        return strays;
    }

    /** Requests that could not be handed on, or were given no whole answer; each was answered 502 or 503. */
    List<String> broken() {
        return broken;
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getRawPath();
            byte[] body = exchange.getRequestBody().readAllBytes();
            if (!path.startsWith(prefix + "/")) {
                strays.add(exchange.getRequestMethod() + " " + path);
                exchange.sendResponseHeaders(404, -1);
                return;
            }
            Optional<URI> target = upstream.get();
            if (target.isEmpty()) {
                broken.add(exchange.getRequestMethod() + ": nobody is there");
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            handOn(exchange, URI.create(target.get() + path.substring(prefix.length()) + query(exchange)), body);
        }
    }

    private static String query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getRawQuery();
        return query == null ? "" : "?" + query;
    }

    private void handOn(HttpExchange exchange, URI target, byte[] body) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(PATIENCE)
                .method(
                        exchange.getRequestMethod(),
                        body.length == 0 ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
        exchange.getRequestHeaders().forEach((name, values) -> {
            if (!isOfTheHop(name)) {
                values.forEach(value -> request.header(name, value));
            }
        });
        HttpResponse<byte[]> answer;
        try {
            answer = client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException failure) {
            broken.add(exchange.getRequestMethod() + " at port " + target.getPort() + ": " + failure);
            exchange.sendResponseHeaders(502, -1);
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        answer.headers().map().forEach((name, values) -> {
            if (!isOfTheHop(name)) {
                exchange.getResponseHeaders().put(name, List.copyOf(values));
            }
        });
        boolean hasBody = answer.body().length > 0;
        exchange.sendResponseHeaders(answer.statusCode(), hasBody ? answer.body().length : -1);
        if (hasBody) {
            exchange.getResponseBody().write(answer.body());
        }
    }

    private static boolean isOfTheHop(String header) {
        return OF_THE_HOP.contains(header.toLowerCase(Locale.ROOT));
    }

    @Override
    public void close() {
        server.close();
    }
}
