package dev.flowmail.api.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.actions.Dispatcher.Accepted;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.Wire;
import dev.flowmail.api.wire.WireTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.node.ObjectNode;

/** More calls at once than Temporal can take up. */
@WireTest
class ConcurrencyFilterTest {
    private static final String ACTION = "/api/email/1/actions/email-simple";
    /** More than the web server has threads. */
    private static final int CALLERS = 300;

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @Autowired
    private LinkCodes codes;

    private final CountDownLatch temporalAnswers = new CountDownLatch(1);
    private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);

    @BeforeEach
    void stopTemporal() {
        dispatcher.reset();
        dispatcher.answers(() -> {
            await(temporalAnswers);
            return Accepted.STARTED;
        });
    }

    @AfterEach
    void endCallers() throws InterruptedException {
        temporalAnswers.countDown();
        // what one test has asked takes none of the next one's room
        callers.shutdown();
        assertThat(callers.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        dispatcher.reset();
    }

    @Test
    void callsBeyondTheRoomAreRefusedAtOnceClicksGoOnAndAllIsWellAfterwards() {
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int caller = 0; caller < CALLERS; caller++) {
            String tenant = "tenant-" + caller % 3;
            calls.add(CompletableFuture.supplyAsync(() -> call(tenant), callers));
        }
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() ->
                        calls.stream().filter(CompletableFuture::isDone).count() == CALLERS - ConcurrencyFilter.CALLS);
        // nobody of those who are let in has an answer yet
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> dispatcher.mails().size() == ConcurrencyFilter.CALLS);
        assertThat(Http.get(port, Wire.genuineLink(codes)).status()).isEqualTo(410);
        assertThat(Http.get(port, "/api/email/1/health").status()).isEqualTo(200);
        temporalAnswers.countDown();
        List<Answer> answers = calls.stream().map(CompletableFuture::join).toList();

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(ConcurrencyFilter.CALLS);
        assertThat(answers)
                .filteredOn(answer -> answer.status() == 503)
                .hasSize(CALLERS - ConcurrencyFilter.CALLS)
                .allSatisfy(answer -> {
                    assertThat(answer.header("Retry-After")).isEqualTo("5");
                    assertThat(answer.header("X-ManyWho-Service-Problem-Kind")).isEqualTo("service");
                    assertThat(answer.message()).contains("nothing was accepted");
                });
        assertThat(call("tenant-0").status()).isEqualTo(200);
    }

    @Test
    void aTenantThatFloodsIsRefusedBeforeAnybodyElseIs() {
        List<CompletableFuture<Answer>> flood = new ArrayList<>();
        for (int caller = 0; caller < ConcurrencyFilter.CALLS; caller++) {
            flood.add(CompletableFuture.supplyAsync(() -> call("greedy"), callers));
        }
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> flood.stream().filter(CompletableFuture::isDone).count()
                        == ConcurrencyFilter.CALLS - TenantRoom.CALLS);
        CompletableFuture<Answer> other = CompletableFuture.supplyAsync(() -> call("modest"), callers);
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> dispatcher.mails().size() == TenantRoom.CALLS + 1);
        temporalAnswers.countDown();

        assertThat(other.join().status()).isEqualTo(200);
        assertThat(flood.stream().map(CompletableFuture::join))
                .filteredOn(answer -> answer.status() != 200)
                .hasSize(ConcurrencyFilter.CALLS - TenantRoom.CALLS)
                .allSatisfy(answer -> {
                    assertThat(answer.status()).isEqualTo(429);
                    assertThat(answer.header("Retry-After")).isNotNull();
                    assertThat(answer.message()).contains("nothing was accepted");
                });
        assertThat(call("greedy").status()).as("the room is given back").isEqualTo(200);
    }

    /** Counted by what was announced, each would take the 10 MiB that it might have. */
    @Test
    void smallBodiesThatAnnounceNoLengthTakeTheRoomOfWhatTheyHold() {
        int many = ConcurrencyFilter.CALLS - 1;
        String body = Http.sample("email-simple-request.json").toString();
        List<CompletableFuture<Answer>> calls = new ArrayList<>();
        for (int caller = 0; caller < many; caller++) {
            String request = body.replaceFirst("\"tenantId\":\"[^\"]*\"", "\"tenantId\":\"tenant-" + caller % 3 + "\"");
            calls.add(CompletableFuture.supplyAsync(
                    () -> Http.exchange(
                            port,
                            "POST",
                            ACTION,
                            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(request.getBytes(UTF_8))),
                            "Content-Type",
                            "application/json"),
                    callers));
        }
        Awaitility.await()
                .atMost(1, TimeUnit.MINUTES)
                .until(() -> dispatcher.mails().size() == many);
        temporalAnswers.countDown();

        assertThat(calls.stream().map(CompletableFuture::join))
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(200));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1_000, 1_000_000})
    void aBodyInChunksIsAsGoodAsOneWithALength(int size) throws IOException {
        temporalAnswers.countDown();
        String body = Http.sample("email-simple-request.json").toString();
        StringBuilder chunks = new StringBuilder();
        for (int at = 0; at < body.length(); at += size) {
            String chunk = body.substring(at, Math.min(body.length(), at + size));
            chunks.append(Integer.toHexString(chunk.length()))
                    // Tomcat takes 8 KiB of these in all
                    .append(at == 0 ? ";name=value\r\n" : "\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        assertThat(Http.raw(
                        port,
                        "POST " + ACTION + " HTTP/1.1\r\n"
                                + "Host: localhost\r\n"
                                + "Connection: close\r\n"
                                + "Content-Type: application/json\r\n"
                                + "Transfer-Encoding: Chunked\r\n"
                                + "Trailer: X-Sum\r\n\r\n"
                                + chunks + "0\r\nX-Sum: 1\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(dispatcher.mails()).hasSize(1);
    }

    /** Two programs may read where it ends in two ways. */
    @Test
    void aBodyInChunksThatHasALengthTooOrBreaksOffIsRefused() throws IOException {
        temporalAnswers.countDown();
        String start = "POST " + ACTION + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n";

        assertThat(Http.raw(port, start + "Content-Length: 2\r\n\r\n2\r\n{}\r\n0\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
        assertThat(Http.raw(port, start + "\r\nzz\r\n{}\r\n0\r\n\r\n")).doesNotStartWith("HTTP/1.1 200");
        assertThat(dispatcher.mails()).isEmpty();
    }

    private Answer call(String tenant) {
        ObjectNode request = Http.sample("email-simple-request.json");
        return Http.post(port, ACTION, request.put("tenantId", tenant));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }
}
