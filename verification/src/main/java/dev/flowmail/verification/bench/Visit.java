package dev.flowmail.verification.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** One page that a scanner fetched; 0 for the status when there was no answer. */
record Visit(int status, double millis) {

    static Visit of(HttpClient http, String method, URI page, Duration patience) {
        HttpRequest look = HttpRequest.newBuilder(page)
                .timeout(patience)
                .header("User-Agent", "scanner")
                .method(method, BodyPublishers.noBody())
                .build();
        long start = System.nanoTime();
        int status;
        try {
            status = http.send(look, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            status = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Visit(status, (System.nanoTime() - start) / 1e6);
    }
}
