package dev.flowmail.verification.e2e;

import com.sun.net.httpserver.HttpExchange;
import dev.flowmail.servers.WebServer;
import java.io.IOException;
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
    private final WebServer server = new WebServer();
    private final Executor later;

    SlowFlow(Duration delay) {
        later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS, threads);
        server.on("/api/run/1/response", this::take);
    }

    private void take(HttpExchange call) throws IOException {
        told.add(JsonMapper.shared().readTree(call.getRequestBody().readAllBytes()));
        later.execute(() -> answer(call));
    }

    private static void answer(HttpExchange call) {
        try {
            WebServer.answer(call, 200, "\"FORWARD\"");
        } catch (IOException gone) {
            // whoever asked has stopped waiting
        }
    }

    String callbackUri() {
        return server.address("/api/run/1/response");
    }

    /** Everything that it was told of a token, in the order of arrival, answered or not. */
    List<JsonNode> told(String token) {
        return told.stream()
                .filter(answer -> answer.path("token").asString("").equals(token))
                .toList();
    }

    @Override
    public void close() {
        server.close();
        threads.shutdownNow();
    }
}
