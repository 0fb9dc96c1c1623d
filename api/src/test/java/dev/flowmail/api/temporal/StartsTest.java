package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flowmail.api.problems.ProblemException;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StartsTest {

    private final Starts starts = new Starts();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final AtomicInteger inside = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @AfterEach
    void stop() {
        callers.shutdownNow();
    }

    @Test
    void fewAreLetInAtOnceAndAllGetThrough() {
        CountDownLatch temporalAnswers = new CountDownLatch(1);
        List<CompletableFuture<String>> calls = IntStream.range(0, 200)
                .mapToObj(call ->
                        CompletableFuture.supplyAsync(() -> starts.inTurn(() -> start(temporalAnswers)), callers))
                .toList();
        await().until(() -> inside.get() == Starts.AT_ONCE);
        temporalAnswers.countDown();

        assertThat(calls.stream().map(CompletableFuture::join)).hasSize(200).containsOnly("started");
        assertThat(most).hasValue(Starts.AT_ONCE);
    }

    @Test
    void whileTemporalIsOutOfReachEverybodyIsToldInTime() {
        long begun = System.nanoTime();
        List<CompletableFuture<String>> calls = IntStream.range(0, 100)
                .mapToObj(call -> CompletableFuture.supplyAsync(() -> starts.inTurn(StartsTest::hang), callers))
                .toList();

        assertThat(calls)
                .allSatisfy(call -> assertThatThrownBy(call::join)
                        .isInstanceOf(CompletionException.class)
                        .hasCauseInstanceOf(ProblemException.class));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aSlowStartIsWaitedForWhileOthersGetThrough() {
        CountDownLatch slow = new CountDownLatch(1);
        CompletableFuture<String> first =
                CompletableFuture.supplyAsync(() -> starts.inTurn(() -> start(slow)), callers);
        long begun = System.nanoTime();
        Duration longerThanAnOutage = TemporalCalls.HAND_OVER.plusSeconds(2);

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(starts.inTurn(() -> "started")).isEqualTo("started");
                    return System.nanoTime() - begun > longerThanAnOutage.toNanos();
                });
        assertThat(first).isNotDone();
        slow.countDown();

        assertThat(first.join()).isEqualTo("started");
    }

    @Test
    void whatTemporalThinksOfARequestIsNotThatItIsOutOfReach() {
        for (int call = 0; call < 2 * Starts.AT_ONCE; call++) {
            assertThatThrownBy(() -> starts.inTurn(() -> {
                        throw new IllegalStateException("known already");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(starts.inTurn(() -> "started")).isEqualTo("started");
    }

    private String start(CountDownLatch temporalAnswers) {
        most.accumulateAndGet(inside.incrementAndGet(), Math::max);
        await().atMost(Duration.ofSeconds(30)).until(() -> temporalAnswers.getCount() == 0);
        inside.decrementAndGet();
        return "started";
    }

    /** As gRPC does, until the deadline of its context. */
    private static String hang() {
        CountDownLatch over = new CountDownLatch(1);
        Context.current().addListener(context -> over.countDown(), Runnable::run);
        try {
            over.await();
        } catch (InterruptedException rung) {
            Thread.currentThread().interrupt();
        }
        throw new StatusRuntimeException(Status.DEADLINE_EXCEEDED);
    }
}
