package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.parallel.ExecutionMode.CONCURRENT;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Urgency;
import io.grpc.Context;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.common.Priority;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;

@Execution(CONCURRENT)
class StartsTest {

    private static final Priority A_DECISION = Turns.of(Urgency.DECISION, "tenant");
    private static final Priority A_MAIL = Turns.of(Urgency.PLAIN_MAIL, "tenant");
    private static final Priority ANOTHERS_MAIL = Turns.of(Urgency.PLAIN_MAIL, "another-tenant");

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
                .mapToObj(call -> begin(A_DECISION, temporalAnswers))
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
                .mapToObj(call -> begin(A_DECISION, StartsTest::hang))
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
        CompletableFuture<String> first = begin(A_DECISION, slow);
        long begun = System.nanoTime();
        Duration longerThanAnOutage = TemporalCalls.HAND_OVER.plusSeconds(2);

        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> {
                    assertThat(starts.inTurn(A_DECISION, () -> "started")).isEqualTo("started");
                    return System.nanoTime() - begun > longerThanAnOutage.toNanos();
                });
        assertThat(first).isNotDone();
        slow.countDown();

        assertThat(first.join()).isEqualTo("started");
    }

    @Test
    void whatTemporalThinksOfARequestIsNotThatItIsOutOfReach() {
        for (int call = 0; call < 2 * Starts.AT_ONCE; call++) {
            assertThatThrownBy(() -> starts.inTurn(A_DECISION, () -> {
                        throw new IllegalStateException("known already");
                    }))
                    .isInstanceOf(IllegalStateException.class);
        }

        assertThat(starts.inTurn(A_DECISION, () -> "started")).isEqualTo("started");
    }

    @Test
    void mailsLeaveRoomForDecisions() {
        CountDownLatch temporalAnswers = new CountDownLatch(1);
        List<CompletableFuture<String>> mails = IntStream.range(0, 50)
                .mapToObj(call -> begin(A_MAIL, temporalAnswers))
                .toList();
        await().until(() -> inside.get() == Starts.MAILS_AT_ONCE);

        assertThat(starts.inTurn(A_DECISION, () -> "started")).isEqualTo("started");
        assertThat(inside).hasValue(Starts.MAILS_AT_ONCE);
        temporalAnswers.countDown();

        assertThat(mails.stream().map(CompletableFuture::join)).hasSize(50).containsOnly("started");
        assertThat(most).hasValue(Starts.MAILS_AT_ONCE);
    }

    @Test
    void mailsThatWaitForAPlaceToRestGetInOnceItHas() {
        assertThat(starts.inTurn(A_DECISION, () -> "started")).isEqualTo("started");
        CountDownLatch temporalAnswers = new CountDownLatch(1);
        List<CompletableFuture<String>> mails = IntStream.range(0, 3 * Starts.MAILS_AT_ONCE)
                .mapToObj(call -> begin(A_MAIL, temporalAnswers))
                .toList();
        await().until(() -> inside.get() == Starts.MAILS_AT_ONCE);
        temporalAnswers.countDown();

        assertThat(mails.stream().map(CompletableFuture::join)).containsOnly("started");
        assertThat(most).hasValue(Starts.MAILS_AT_ONCE);
    }

    @Test
    void aTenantsMailDoesNotWaitBehindAnothersFlood() {
        Semaphore temporalAnswers = new Semaphore(0, true);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<String>> flood = IntStream.range(0, 50)
                .mapToObj(call -> begin(A_MAIL, () -> answered(temporalAnswers, order, "flood")))
                .toList();
        await().until(() -> starts.waiting() == 50 - Starts.MAILS_AT_ONCE);
        CompletableFuture<String> other = begin(ANOTHERS_MAIL, () -> answered(temporalAnswers, order, "other"));
        await().until(() -> starts.waiting() == 51 - Starts.MAILS_AT_ONCE);

        temporalAnswers.release();
        await().until(() -> inside.get() == Starts.MAILS_AT_ONCE && order.size() == 1);
        temporalAnswers.release(Starts.MAILS_AT_ONCE);
        await().until(() -> order.size() == 1 + Starts.MAILS_AT_ONCE);

        assertThat(order).contains("other");
        temporalAnswers.release(50);
        assertThat(other.join()).isEqualTo("started");
        assertThat(flood.stream().map(CompletableFuture::join)).containsOnly("started");
    }

    @Test
    void ofOneTenantTheMostUrgentComesFirst() {
        Semaphore temporalAnswers = new Semaphore(0, true);
        List<String> order = Collections.synchronizedList(new ArrayList<>());
        List<CompletableFuture<String>> decisions = IntStream.range(0, Starts.AT_ONCE)
                .mapToObj(call -> begin(A_DECISION, () -> answered(temporalAnswers, order, "first")))
                .toList();
        await().until(() -> inside.get() == Starts.AT_ONCE);
        CompletableFuture<String> mail = begin(A_MAIL, () -> answered(temporalAnswers, order, "mail"));
        await().until(() -> starts.waiting() == 1);
        CompletableFuture<String> decision = begin(A_DECISION, () -> answered(temporalAnswers, order, "decision"));
        await().until(() -> starts.waiting() == 2);

        temporalAnswers.release();
        await().until(() -> starts.waiting() == 1);
        assertThat(mail).isNotDone();
        temporalAnswers.release(Starts.AT_ONCE);
        assertThat(decision.join()).isEqualTo("started");
        temporalAnswers.release(2);

        assertThat(mail.join()).isEqualTo("started");
        assertThat(decisions.stream().map(CompletableFuture::join)).containsOnly("started");
    }

    @Test
    void tenantsTakeTurnsWhateverTheirRequestsWaitedFor() {
        Semaphore busy = new Semaphore(0);
        Semaphore first = new Semaphore(0);
        Semaphore second = new Semaphore(0);
        List<String> entered = Collections.synchronizedList(new ArrayList<>());
        Priority one = Turns.of(Urgency.DECISION, "one");
        Priority two = Turns.of(Urgency.DECISION, "two");
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int call = 0; call < Starts.AT_ONCE; call++) {
            calls.add(begin(A_DECISION, () -> answered(busy, entered, "busy")));
        }
        await().until(() -> inside.get() == Starts.AT_ONCE);
        for (int waiting = 1; waiting <= 2; waiting++) {
            int expected = waiting;
            calls.add(begin(one, () -> answered(first, entered, "one")));
            await().until(() -> starts.waiting() == expected);
        }
        calls.add(begin(two, () -> answered(second, entered, "two")));
        await().until(() -> starts.waiting() == 3);

        busy.release();
        await().until(() -> starts.waiting() == 2 && inside.get() == Starts.AT_ONCE);
        first.release();
        await().until(() -> starts.waiting() == 1 && inside.get() == Starts.AT_ONCE);
        second.release();

        await().until(() -> entered.contains("two"));
        assertThat(entered).containsExactly("busy", "one", "two");
        busy.release(Starts.AT_ONCE);
        first.release();
        assertThat(calls.stream().map(CompletableFuture::join)).containsOnly("started");
    }

    private CompletableFuture<String> begin(Priority priority, CountDownLatch temporalAnswers) {
        return begin(priority, () -> start(temporalAnswers));
    }

    private CompletableFuture<String> begin(Priority priority, Supplier<String> start) {
        return CompletableFuture.supplyAsync(() -> starts.inTurn(priority, start), callers);
    }

    private String answered(Semaphore temporalAnswers, List<String> order, String who) {
        inside.incrementAndGet();
        try {
            temporalAnswers.acquire();
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
        order.add(who);
        inside.decrementAndGet();
        return "started";
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
