package dev.flowmail.activities.oauth2;

import com.sun.net.httpserver.HttpExchange;
import dev.flowmail.servers.WebServer;
import dev.flowmail.workflows.mail.SmtpServer.OAuth2;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A token endpoint that hands out {@code token-1}, {@code token-2}, ... unless it is told to answer otherwise. */
public final class TokenServer implements AutoCloseable {
    public static final String CLIENT_SECRET = "s3cret of+the/client";
    public static final String REFRESH_TOKEN = "1//refresh-t0ken";

    private final WebServer http = new WebServer();
    private final Deque<Answer> answers = new ConcurrentLinkedDeque<>();
    private final List<Map<String, String>> forms = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final AtomicInteger tokens = new AtomicInteger();
    private volatile CountDownLatch gate = new CountDownLatch(0);

    private record Answer(int status, String body, @Nullable String location) {}

    public TokenServer() {
        http.on("/", this::answer);
    }

    /** The next answer; afterwards tokens again. */
    public TokenServer answers(int status, String body) {
        answers.add(new Answer(status, body, null));
        return this;
    }

    /** The next answer sends elsewhere. */
    TokenServer redirectsTo(String location) {
        answers.add(new Answer(307, "", location));
        return this;
    }

    /** Answers nothing until {@link #release()}. */
    void hold() {
        gate = new CountDownLatch(1);
    }

    void release() {
        gate.countDown();
    }

    public int port() {
        return http.port();
    }

    public String address() {
        return "http://localhost:" + port() + "/tenant/token";
    }

    public OAuth2 refreshing(@Nullable String scope) {
        return new OAuth2(address(), "the-client", CLIENT_SECRET, REFRESH_TOKEN, scope);
    }

    public OAuth2 byClientCredentials(@Nullable String scope) {
        return new OAuth2(address(), "the-client", CLIENT_SECRET, null, scope);
    }

    /** What was posted, in order. */
    public List<Map<String, String>> forms() {
        return forms;
    }

    /** Method, address and the interesting headers of each request. */
    List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        release();
        http.close();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(String.join(
                    " ",
                    exchange.getRequestMethod(),
                    exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders().getFirst("Content-Type"),
                    exchange.getRequestHeaders().getFirst("Accept")));
            forms.add(form(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.US_ASCII)));
            gate.await();
            Answer scripted = answers.poll();
            Answer answer = scripted == null ? new Answer(200, token(tokens.incrementAndGet()), null) : scripted;
            if (answer.location() != null) {
                exchange.getResponseHeaders().set("Location", answer.location());
            }
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            WebServer.answer(exchange, answer.status(), answer.body());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String token(int number) {
        return "{\"token_type\":\"Bearer\",\"expires_in\":3600,\"access_token\":\"token-" + number + "\"}";
    }

    private static Map<String, String> form(String body) {
        Map<String, String> form = new TreeMap<>();
        for (String pair : body.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String twice = form.put(
                    URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                    URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            if (twice != null) {
                throw new IllegalStateException(parts[0] + " was sent twice");
            }
        }
        return form;
    }
}
