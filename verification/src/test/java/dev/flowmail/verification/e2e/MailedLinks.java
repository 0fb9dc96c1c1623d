package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import tools.jackson.databind.JsonNode;

/** The links of decision mails, whoever opens them. */
@ExtendWith(EndToEnd.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MailedLinks {
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.ALWAYS)
            .build();

    final Rewriters rewriters = new Rewriters();
    final Browser browser;
    final Operator operator;
    final World world;

    MailedLinks(World world, Browser browser) {
        this.world = world;
        this.browser = browser;
        this.operator = new Operator(world.flowmail());
    }

    @AfterAll
    void close() {
        rewriters.close();
    }

    /** What a machine does with all links of a mail. */
    @FunctionalInterface
    interface Machine {
        void meets(List<URI> links);
    }

    static Named<Machine> named(String name, Machine machine) {
        return Named.of(name, machine);
    }

    static List<URI> links(ReceivedMail mail) {
        return mail.htmlLinks().stream().map(DecisionLink::address).toList();
    }

    List<Page> pagesOf(List<URI> links) {
        return links.stream().map(this::open).toList();
    }

    Page open(URI link) {
        return world.recipient.open(link);
    }

    /** How the answer was given, as the receipt has it. */
    String method(Flow flow) {
        return world.receipt(flow)
                .claims()
                .path("answers")
                .path(0)
                .path("method")
                .asString();
    }

    JsonNode manner(Flow flow) {
        return operator.state(operator.decision(flow))
                .path("people")
                .path(0)
                .path("answer")
                .path("manner");
    }

    void assertStillAsked(Flow flow, String person) {
        assertThat(world.open(person, "Approve").asks()).isTrue();
        assertThat(world.callbacks(flow)).isEmpty();
    }

    void decideOnceAndForAll(Flow flow, String person) {
        world.decide(person, "Reject");
        world.lateAnswer(flow);
        assertThat(world.engine.flow(flow.token()).chosen()).contains("Reject");
        assertThat(world.callbacks(flow)).hasSize(1);
    }

    String fetch(String method, URI link, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(link).method(method, HttpRequest.BodyPublishers.noBody());
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofString());
            if (method.equals("GET") || method.equals("HEAD")) {
                assertThat(answer.statusCode()).as(method).isEqualTo(200);
            }
            return answer.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    void inParallel(List<URI> links, int times) {
        List<CompletableFuture<Void>> fetches = IntStream.range(0, times)
                .boxed()
                .flatMap(time -> links.stream())
                .flatMap(link ->
                        Stream.of("HEAD", "GET").map(method -> CompletableFuture.runAsync(() -> fetch(method, link))))
                .toList();
        fetches.forEach(CompletableFuture::join);
    }
}
