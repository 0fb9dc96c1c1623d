package dev.flowmail.api.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.problems.ProblemException;
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
import dev.flowmail.workflows.decision.Seal;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Comments;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a page may be shown of without asking Temporal, and what not. */
class RememberedRunsTest {

    private static final String WORKFLOW = "decision-" + "0123456789".repeat(4);
    private static final DecisionLink ANNAS = link(0, 0);
    private static final DecisionLink BENS = link(1, 0);
    private static final Reached TAKEN = new Reached("FORWARD", "https://flow.example/join", false);
    private static final Decide APPROVAL = new Decide(0, 0, 0, null, null);

    private static final LateAnswer TOLD = told("receipt");

    private final FakeRuns temporal = new FakeRuns();
    private final AtomicBoolean isConnected = new AtomicBoolean(true);
    private final AtomicLong nanos = new AtomicLong();
    private final RememberedRuns runs = new RememberedRuns(temporal, isConnected::get, nanos::get);

    @Test
    void aSweepOverAllLinksAsksOnce() {
        stands(open(null, null));

        for (int visit = 0; visit < 20; visit++) {
            assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(open(null, null)));
            assertThat(runs.glance(BENS)).isEqualTo(new Standing.Told(open(null, null)));
        }

        assertThat(temporal.looks).isEqualTo(1);
    }

    @Test
    void whatWasSeenIsForgottenAfterSeconds() {
        stands(open(null, null));
        runs.glance(ANNAS);
        pass(Duration.ofSeconds(5));
        stands(new Standing.Terminated());

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Terminated());
    }

    @Test
    void whileThereIsMuchToAskItIsKeptForLonger() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        RememberedRuns busy = new RememberedRuns(
                new DecisionRuns() {
                    @Override
                    public Standing look(String workflowId) {
                        asked.incrementAndGet();
                        if (!workflowId.equals(WORKFLOW)) {
                            await().until(() -> answer.getCount() == 0);
                        }
                        return new Standing.Told(open(null, null));
                    }

                    @Override
                    public boolean decide(String workflowId, Decide given) {
                        return true;
                    }
                },
                isConnected::get,
                nanos::get);
        busy.glance(ANNAS);
        List<CompletableFuture<Standing>> others = IntStream.range(0, RememberedRuns.LOOKS_AT_ONCE)
                .mapToObj(other -> new DecisionLink("decision-" + "%040d".formatted(other), 0, 0, 0, 2, Comments.OFF))
                .map(other -> CompletableFuture.supplyAsync(() -> busy.glance(other), task -> new Thread(task).start()))
                .toList();
        await().until(() -> asked.get() == 1 + RememberedRuns.LOOKS_AT_ONCE);

        pass(Duration.ofSeconds(29));
        busy.glance(ANNAS);
        assertThat(asked).hasValue(1 + RememberedRuns.LOOKS_AT_ONCE);
        answer.countDown();
        others.forEach(CompletableFuture::join);
        pass(Duration.ofSeconds(1));

        busy.glance(ANNAS);
        assertThat(asked).hasValue(2 + RememberedRuns.LOOKS_AT_ONCE);
    }

    @Test
    void whileTemporalTakesItsTimeItIsKeptForLonger() {
        AtomicInteger asked = new AtomicInteger();
        RememberedRuns slow = new RememberedRuns(
                new DecisionRuns() {
                    @Override
                    public Standing look(String workflowId) {
                        asked.incrementAndGet();
                        return new Standing.Told(open(null, null));
                    }

                    @Override
                    public boolean decide(String workflowId, Decide given) {
                        pass(Duration.ofMillis(501));
                        return true;
                    }
                },
                isConnected::get,
                nanos::get);
        slow.glance(ANNAS);
        pass(Duration.ofSeconds(25));
        slow.decide("decision-" + "9".repeat(40), APPROVAL);
        pass(Duration.ofSeconds(4));

        slow.glance(ANNAS);
        assertThat(asked).hasValue(1);

        pass(Duration.ofSeconds(1));
        slow.glance(ANNAS);
        assertThat(asked).hasValue(2);
    }

    @Test
    void withoutTemporalNobodyWaitsForATurn() {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        RememberedRuns apart = new RememberedRuns(
                new DecisionRuns() {
                    @Override
                    public Standing look(String workflowId) {
                        asked.incrementAndGet();
                        await().until(() -> answer.getCount() == 0);
                        return new Standing.Unanswered();
                    }

                    @Override
                    public boolean decide(String workflowId, Decide given) {
                        return false;
                    }
                },
                () -> false);
        int visitors = 2 * RememberedRuns.LOOKS_AT_ONCE;

        List<CompletableFuture<Standing>> looks = IntStream.range(0, visitors)
                .mapToObj(other -> new DecisionLink("decision-" + "%040d".formatted(other), 0, 0, 0, 2, Comments.OFF))
                .map(other ->
                        CompletableFuture.supplyAsync(() -> apart.glance(other), task -> new Thread(task).start()))
                .toList();

        await().atMost(Duration.ofSeconds(5)).until(() -> asked.get() == visitors);
        answer.countDown();
        assertThat(looks.stream().map(CompletableFuture::join)).containsOnly(new Standing.Unanswered());
    }

    @Test
    void withoutTemporalNothingIsShownFromMemory() {
        stands(open(null, null));
        runs.glance(ANNAS);
        isConnected.set(false);
        stands(new Standing.Unanswered());

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Unanswered());
    }

    @Test
    void onlyWhatWaitsForThisPersonIsShownFromMemory() {
        for (DecisionState state : List.of(decided(), open(given(), null))) {
            stands(state);
            runs.moves(WORKFLOW);
            temporal.looks = 0;
            runs.glance(ANNAS);
            runs.glance(ANNAS);
            assertThat(temporal.looks).isEqualTo(2);
        }
        stands(open(null, null));
        runs.glance(ANNAS);
        temporal.looks = 0;
        runs.glance(link(0, 1));
        assertThat(temporal.looks)
                .as("somebody holds the place since that was seen")
                .isEqualTo(1);
    }

    @Test
    void aLookIsNeverAnsweredFromMemory() {
        stands(open(null, null));
        runs.glance(ANNAS);
        stands(decided());

        assertThat(runs.look(WORKFLOW)).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void whoeverHasClickedSeesWhatCameOfIt() {
        stands(open(null, null));
        runs.glance(ANNAS);
        runs.decide(WORKFLOW, APPROVAL);
        stands(decided());

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void aClickThatGotNoAnswerMayHaveArrived() {
        stands(open(null, null));
        runs.glance(ANNAS);
        temporal.unreachable = true;
        assertThatThrownBy(() -> runs.decide(WORKFLOW, APPROVAL)).isInstanceOf(ProblemException.class);
        temporal.unreachable = false;
        stands(decided());

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void thoseWhoLookAtOnceShareOneQuestion() {
        SlowTemporal slow = new SlowTemporal(open(null, null));
        RememberedRuns shared = new RememberedRuns(slow, () -> true);

        List<CompletableFuture<Standing>> looks = IntStream.range(0, 30)
                .mapToObj(visitor -> CompletableFuture.supplyAsync(
                        () -> shared.glance(visitor % 2 == 0 ? ANNAS : BENS), task -> new Thread(task).start()))
                .toList();
        await().until(() -> slow.asked.get() > 0);
        slow.answer.countDown();

        assertThat(looks.stream().map(CompletableFuture::join)).containsOnly(new Standing.Told(open(null, null)));
        assertThat(slow.asked).hasValueLessThanOrEqualTo(2);
    }

    @Test
    void whoLooksAfterAClickDoesNotWaitForAQuestionFromBeforeNorKeepItsAnswer() {
        SlowTemporal slow = new SlowTemporal(open(null, null));
        RememberedRuns shared = new RememberedRuns(slow, () -> true);
        CompletableFuture<Standing> before =
                CompletableFuture.supplyAsync(() -> shared.glance(ANNAS), task -> new Thread(task).start());
        await().until(() -> slow.asked.get() == 1);

        shared.decide(WORKFLOW, APPROVAL);
        slow.then(decided());
        assertThat(shared.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
        slow.answer.countDown();
        assertThat(before.join()).isEqualTo(new Standing.Told(open(null, null)));
        assertThat(shared.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void anEndIsShownFromMemoryOnceItIsRecorded() {
        stands(decided());
        runs.decide(WORKFLOW, APPROVAL);
        runs.look(WORKFLOW);
        runs.glance(BENS);
        assertThat(temporal.looks).as("the end may not be recorded").isEqualTo(2);

        runs.ends(WORKFLOW, TOLD);
        runs.glance(BENS);
        assertThat(temporal.looks).as("what was seen before is not the end").isEqualTo(3);
        runs.glance(ANNAS);
        assertThat(temporal.looks).isEqualTo(3);

        runs.reaches(WORKFLOW, TAKEN);
        assertThat(runs.glance(BENS)).isEqualTo(new Standing.Told(decided().after(TAKEN)));
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided().after(TAKEN)));
        assertThat(temporal.looks).isEqualTo(3);

        pass(Duration.ofSeconds(5));
        runs.glance(BENS);
        assertThat(temporal.looks).isEqualTo(4);
    }

    @Test
    void whatWasOpenIsNotKeptOnceTheEndIsRecorded() {
        stands(open(null, null));
        runs.glance(ANNAS);
        runs.ends(WORKFLOW, TOLD);
        runs.reaches(WORKFLOW, TAKEN);
        runs.glance(ANNAS);
        runs.glance(ANNAS);

        assertThat(temporal.looks).isEqualTo(3);
    }

    @Test
    void theEndThatThisProcessHasComeToNeedsNoQuestionOnceItIsRecorded() {
        play();
        var click = click();
        runs.receives(WORKFLOW, APPROVAL.in(new Seal(true, "1")));
        runs.concludes(WORKFLOW, TOLD, decided());
        var sweep = CompletableFuture.supplyAsync(() -> runs.glance(BENS), task -> new Thread(task).start());
        assertThat(click).as("the end may not be recorded").isNotDone();

        runs.ends(WORKFLOW, told("receipt"));

        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(sweep.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
        assertThat(temporal.looks).isZero();
        runs.reaches(WORKFLOW, TAKEN);
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided().after(TAKEN)));
        assertThat(temporal.looks).isZero();
    }

    @Test
    void withoutTemporalNobodyWaitsForAnEnd() {
        play();
        runs.receives(WORKFLOW, APPROVAL);
        isConnected.set(false);
        stands(new Standing.Unanswered());

        var visit = CompletableFuture.supplyAsync(() -> runs.glance(ANNAS), task -> new Thread(task).start());

        await().atMost(Duration.ofSeconds(5)).until(visit::isDone);
        assertThat(visit.join()).isEqualTo(new Standing.Unanswered());
    }

    @Test
    void anEndThatAnotherProcessHasComeToIsAskedAbout() {
        play();
        stands(decided());
        var click = click();
        runs.receives(WORKFLOW, APPROVAL);
        runs.concludes(WORKFLOW, TOLD, open(null, null));
        runs.leaves(WORKFLOW);
        runs.ends(WORKFLOW, told("another receipt"));

        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(temporal.looks).isEqualTo(1);
    }

    @Test
    void anEndThatWasNotRecordedIsNotShown() {
        play();
        var click = click();
        runs.receives(WORKFLOW, APPROVAL);
        runs.concludes(WORKFLOW, told("not recorded"), open(given(), null));
        runs.moves(WORKFLOW);
        runs.concludes(WORKFLOW, TOLD, decided());
        runs.ends(WORKFLOW, TOLD);

        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void whoeverClicksOnceTheEndIsKnownIsToldWhatTemporalKnows() {
        play();
        runs.receives(WORKFLOW, APPROVAL);
        runs.concludes(WORKFLOW, TOLD, decided());
        runs.ends(WORKFLOW, TOLD);
        stands(decided().after(TAKEN));

        runs.decide(WORKFLOW, new Decide(1, 0, 1, null, null));

        assertThat(runs.lookAfterAnswer(WORKFLOW))
                .isEqualTo(new Standing.Told(decided().after(TAKEN)));
    }

    /** This process's worker has the request. */
    private void play() {
        runs.begins(WORKFLOW, open(null, null));
        runs.plays(WORKFLOW);
    }

    private CompletableFuture<Standing> click() {
        runs.decide(WORKFLOW, APPROVAL);
        return CompletableFuture.supplyAsync(() -> runs.lookAfterAnswer(WORKFLOW), task -> new Thread(task).start());
    }

    @Test
    void whoeverLooksWhileAClickWaitsForItsPageWaitsWithIt() {
        SlowTemporal slow = new SlowTemporal(decided());
        RememberedRuns shared = new RememberedRuns(slow, () -> true);
        shared.decide(WORKFLOW, APPROVAL);
        var page = CompletableFuture.supplyAsync(() -> shared.look(WORKFLOW), task -> new Thread(task).start());
        await().until(() -> slow.asked.get() == 1);

        var sweep = CompletableFuture.supplyAsync(() -> shared.glance(BENS), task -> new Thread(task).start());
        slow.answer.countDown();

        assertThat(page.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(sweep.join()).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void whatOneWasRefusedAllWereWhoWaitedWithIt() {
        temporal.unreachable = true;

        assertThatThrownBy(() -> runs.glance(ANNAS)).isInstanceOf(ProblemException.class);
        temporal.unreachable = false;
        stands(open(null, null));
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(open(null, null)));
    }

    @Test
    void aRequestThatBeganHereNeedsNoQuestionUntilItsMailIsRead() {
        runs.begins(WORKFLOW, open(null, null));
        pass(Duration.ofSeconds(20));
        runs.mails(question(ANNAS));
        pass(Duration.ofSeconds(4));

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(open(null, null)));
        assertThat(temporal.looks).isZero();

        runs.glance(BENS);
        assertThat(temporal.looks).as("Ben's mail has not been seen").isEqualTo(1);
    }

    @Test
    void whatBeganLongAgoIsAskedAbout() {
        runs.begins(WORKFLOW, open(null, null));
        pass(Duration.ofSeconds(59));
        runs.mails(question(ANNAS));
        pass(Duration.ofSeconds(2));

        runs.glance(ANNAS);

        assertThat(temporal.looks).isEqualTo(1);
    }

    @Test
    void whatHasMovedIsAskedAbout() {
        runs.begins(WORKFLOW, open(null, null));
        runs.moves(WORKFLOW);
        runs.mails(question(ANNAS));

        runs.glance(ANNAS);

        assertThat(temporal.looks).isEqualTo(1);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void stands(DecisionState state) {
        stands(new Standing.Told(state));
    }

    private void stands(Standing standing) {
        temporal.standing = signals -> standing;
    }

    private static DecisionLink link(int recipient, int generation) {
        return new DecisionLink(WORKFLOW, recipient, generation, 0, 2, Comments.OFF);
    }

    private static Question question(DecisionLink link) {
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

    private static Given given() {
        return new Given(0, null, Instant.EPOCH, null);
    }

    private static DecisionState open(@Nullable Given annas, @Nullable Given bens) {
        return state(Status.WAITING, null, annas, bens);
    }

    private static DecisionState decided() {
        return state(Status.DECIDED, Instant.EPOCH, given(), null);
    }

    private static DecisionState state(Status status, @Nullable Instant end, @Nullable Given... answers) {
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

    /** Answers the first question only when it is told to; what it is asked later at once. */
    private static final class SlowTemporal implements DecisionRuns {
        final AtomicInteger asked = new AtomicInteger();
        final CountDownLatch answer = new CountDownLatch(1);
        private final List<DecisionState> states = new ArrayList<>();

        SlowTemporal(DecisionState state) {
            states.add(state);
        }

        void then(DecisionState state) {
            states.add(state);
        }

        @Override
        public Standing look(String workflowId) {
            if (asked.getAndIncrement() == 0) {
                await().until(() -> answer.getCount() == 0);
                return new Standing.Told(states.get(0));
            }
            return new Standing.Told(states.get(states.size() - 1));
        }

        @Override
        public boolean decide(String workflowId, Decide given) {
            return true;
        }
    }

    private static LateAnswer told(String receipt) {
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
