package dev.flowmail.verification.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import dev.flowmail.servers.WebServer;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Flow's engine on 127.0.0.1, as fast as it can be: says {@code called TIME TOKEN} for each late answer. */
final class EngineSink {
    private static final Pattern TOKEN = Pattern.compile("\"token\"\\s*:\\s*\"([^\"]*)\"");

    private final WebServer server = new WebServer();
    private final Lines lines;

    EngineSink(Lines lines) {
        this.lines = lines;
        server.on("/api/run/1/response", this::take).on("/api/run/1/state/", this::wayBack);
    }

    int port() {
        return server.port();
    }

    private void take(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        Matcher token = TOKEN.matcher(body);
        lines.say("called", Clock.micros(), token.find() ? token.group(1) : "-");
        answer(exchange, "\"FORWARD\"");
    }

    private void wayBack(HttpExchange exchange) throws IOException {
        exchange.getRequestBody().close();
        answer(exchange, "{\"joinFlowUri\":\"http://localhost:" + port() + "/play/flow\"}");
    }

    private static void answer(HttpExchange exchange, String json) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        WebServer.answer(exchange, 200, json);
    }
}
