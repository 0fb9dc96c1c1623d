package dev.flowmail.api.decisions;

import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A request that two people are asked about, what this process remembers of it, and a Temporal to ask. */
abstract class RememberedRequest {

    static final String WORKFLOW = "decision-" + "0123456789".repeat(4);
    static final DecisionLink ANNAS = link(0, 0);
    static final DecisionLink BENS = link(1, 0);
    static final Reached TAKEN = new Reached("FORWARD", "https://flow.example/join", false);
    static final Decide APPROVAL = new Decide(0, 0, 0, null, null);

    static final LateAnswer TOLD = told("receipt");

    final FakeRuns temporal = new FakeRuns();
    final AtomicBoolean isConnected = new AtomicBoolean(true);
    final AtomicLong nanos = new AtomicLong();
    final AtomicInteger held = new AtomicInteger();
    final RunMemories memories = new RunMemories(nanos::get);
    final RememberedRuns runs = new RememberedRuns(temporal, memories, isConnected::get);

    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    void stands(DecisionState state) {
        stands(new Standing.Told(state));
    }

    void stands(Standing standing) {
        temporal.standing = signals -> standing;
    }

    static DecisionLink link(int recipient, int generation) {
        return new DecisionLink(WORKFLOW, recipient, generation, 0, 2, Comments.OFF);
    }

    static Question question(DecisionLink link) {
        return new Question(
                WORKFLOW,
                link.recipient(),
                link.generation(),
                List.of("Approve", "Reject"),
                Instant.MAX,
                Comments.OFF,
                "en",
                0,
                null,
                null,
                null,
                null);
    }

    static Given given() {
        return new Given(0, null, Instant.EPOCH, null);
    }

    static DecisionState open(@Nullable Given annas, @Nullable Given bens) {
        return state(Status.WAITING, null, annas, bens);
    }

    static DecisionState decided() {
        return state(Status.DECIDED, Instant.EPOCH, given(), null);
    }

    static DecisionState state(Status status, @Nullable Instant end, @Nullable Given... answers) {
        List<Person> people = Stream.of(answers)
                .map(answer ->
                        new Person(new Mailbox("somebody@example.com", null), 0, MailStatus.SENT, null, answer, 0))
                .toList();
        return new DecisionState(
                status,
                new Mailbox("boss@example.com", "Boss"),
                "Holiday",
                List.of("Approve", "Reject"),
                Instant.parse("9999-01-01T00:00:00Z"),
                "en",
                Comments.OFF,
                people,
                end == null ? null : 0,
                end == null ? null : 0,
                end,
                end == null ? CallbackStatus.NONE : CallbackStatus.PENDING,
                null,
                null,
                null,
                null,
                2,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Questions about these requests are answered once they are let go. */
    CountDownLatch hold(Predicate<String> workflowIds) {
        CountDownLatch letGo = new CountDownLatch(1);
        temporal.whileAsked = workflowId -> {
            if (workflowIds.test(workflowId)) {
                held.incrementAndGet();
                await().until(() -> letGo.getCount() == 0);
            }
        };
        return letGo;
    }

    /** The next question is answered once it is let go; what is asked later at once. */
    CountDownLatch holdNext() {
        AtomicBoolean isNext = new AtomicBoolean(true);
        return hold(workflowId -> isNext.getAndSet(false));
    }

    /** So many people look at one request each, all at once. */
    List<CompletableFuture<Standing>> glancesAtOthers(int visitors) {
        return IntStream.range(0, visitors)
                .mapToObj(other -> new DecisionLink("decision-" + "%040d".formatted(other), 0, 0, 0, 2, Comments.OFF))
                .map(other -> apart(() -> runs.glance(other)))
                .toList();
    }

    static <T> CompletableFuture<T> apart(Supplier<T> look) {
        return CompletableFuture.supplyAsync(look, task -> new Thread(task).start());
    }

    static LateAnswer told(String receipt) {
        return new LateAnswer(
                new FlowReference("tenant", "state", "token", "https://flow.example/api", null, "who"),
                new Outcome("0", "approve"),
                null,
                "anna@example.com",
                null,
                null,
                List.of(),
                "Decided",
                receipt);
    }
}
