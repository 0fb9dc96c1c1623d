package dev.flowmail.api.wire;

import dev.flowmail.activities.flow.FlowJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Speaks to the server under test. */
public final class Http {
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    /** POSTs JSON with more headers: names and values in turn. */
    public static Answer post(int port, String path, JsonNode body, String... headers) {
        return post(port, path, body.toString(), headers);
    }

    public static Answer post(int port, String path, String body, String... headers) {
        return exchange(
                port,
                "POST",
                path,
                BodyPublishers.ofString(body),
                concatenated(headers, "Content-Type", "application/json"));
    }

    public static Answer get(int port, String path, String... headers) {
        return exchange(port, "GET", path, BodyPublishers.noBody(), headers);
    }

    public static Answer exchange(int port, String method, String path, BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .method(method, body);
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return new Answer(CLIENT.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends bytes as they stand and reads until the server closes. */
    public static String raw(int port, String request) throws IOException {
        try (Socket socket = new Socket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** A file beside the tests, as JSON. */
    public static ObjectNode sample(String name) {
        try (InputStream file = Http.class.getResourceAsStream("/samples/" + name)) {
            return (ObjectNode) FlowJson.mapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] concatenated(String[] headers, String name, String value) {
        String[] all = new String[headers.length + 2];
        System.arraycopy(headers, 0, all, 2, headers.length);
        all[0] = name;
        all[1] = value;
        return all;
    }

    /** What the server said. */
    public record Answer(HttpResponse<String> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String body() {
            return response.body();
        }

        public JsonNode json() {
            return FlowJson.mapper().readTree(response.body());
        }

        /** The problem's sentence. */
        public String message() {
            return json().path("message").asString();
        }
    }
}
