package dev.flowmail.api.decisions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Wire;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.decision.Decide;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;

/** Clicks that a Temporal with much to do has not taken yet. */
@WireTest
@Import(SubmissionThreadsTest.Busy.class)
class SubmissionThreadsTest {
    /** More than the web server has threads. */
    private static final int CLICKS = 220;

    @LocalServerPort
    private int port;

    @Autowired
    private LinkCodes codes;

    @Autowired
    private BusyRuns runs;

    @Test
    @Timeout(120)
    void whoeverLooksDoesNotWaitForThoseWhoHaveClicked() {
        HttpClient people =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        HttpRequest click = HttpRequest.newBuilder(URI.create("http://localhost:" + port + Wire.genuineLink(codes)))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("outcome=1"))
                .build();
        List<CompletableFuture<HttpResponse<Void>>> clicks = Stream.generate(
                        () -> people.sendAsync(click, BodyHandlers.discarding()))
                .limit(CLICKS)
                .toList();
        Awaitility.await().atMost(1, TimeUnit.MINUTES).until(() -> runs.told.get() == CLICKS);

        assertThat(Http.get(port, Wire.genuineLink(codes)).status()).isEqualTo(410);
        assertThat(clicks).noneMatch(CompletableFuture::isDone);

        runs.isFree.countDown();
        assertThat(clicks)
                .allSatisfy(answer -> assertThat(answer.join().statusCode()).isEqualTo(410));
    }

    @Test
    void whereAllAreTakenWhoeverBringsTheAnswerLendsTheirThread() {
        CountDownLatch isFree = new CountDownLatch(1);
        try (SubmissionThreads threads = new SubmissionThreads(1)) {
            CompletableFuture<Thread> first = threads.run(() -> {
                await(isFree);
                return Thread.currentThread();
            });
            assertThat(threads.run(Thread::currentThread)).isCompletedWithValue(Thread.currentThread());
            isFree.countDown();
            assertThat(first.join()).isNotEqualTo(Thread.currentThread());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    /** Not a {@code @Configuration}, so that no scan finds it. */
    static class Busy {
        @Bean
        @Primary
        BusyRuns busyRuns() {
            return new BusyRuns();
        }
    }

    /** Every request has been forgotten, which takes its time. */
    static final class BusyRuns implements DecisionRuns {
        private final AtomicInteger told = new AtomicInteger();
        private final CountDownLatch isFree = new CountDownLatch(1);

        @Override
        public Standing look(String workflowId, Duration longest) {
            return new Standing.Forgotten();
        }

        @Override
        public boolean decide(String workflowId, Decide answer) {
            told.incrementAndGet();
            await(isFree);
            return false;
        }
    }
}
