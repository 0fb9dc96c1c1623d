package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A Flow engine that notes at once what it is told, and answers {@code FORWARD} after a while. It knows no way back. */
final class SlowFlow implements AutoCloseable {
    private final List<JsonNode> told = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;
    private final Executor later;

    SlowFlow(Duration delay) {
        later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads);
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/api/run/1/response", this::take);
        server.start();
    }

    private void take(HttpExchange call) throws IOException {
        told.add(JsonMapper.shared().readTree(call.getRequestBody().readAllBytes()));
        later.execute(() -> answer(call));
    }

    private static void answer(HttpExchange call) {
        byte[] body = "\"FORWARD\"".getBytes(UTF_8);
        try (call) {
            call.sendResponseHeaders(200, body.length);
            call.getResponseBody().write(body);
        } catch (IOException gone) {
            // whoever asked has stopped waiting
        }
    }

    String callbackUri() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/api/run/1/response";
    }

    /** Everything that it was told of a token, in the order of arrival, answered or not. */
    List<JsonNode> told(String token) {
        return told.stream()
                .filter(answer -> answer.path("token").asString("").equals(token))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
