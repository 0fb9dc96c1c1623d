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
    private final AtomicInteger held = new AtomicInteger();
    private final RunMemories memories = new RunMemories(nanos::get);
    private final RememberedRuns runs = new RememberedRuns(temporal, memories, isConnected::get);

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
        stands(open(null, null));
        CountDownLatch answer = hold(workflowId -> !workflowId.equals(WORKFLOW));
        runs.glance(ANNAS);
        List<CompletableFuture<Standing>> others = glancesAtOthers(LookTurns.AT_ONCE);
        await().until(() -> temporal.looks == 1 + LookTurns.AT_ONCE);

        pass(Duration.ofSeconds(29));
        runs.glance(ANNAS);
        assertThat(temporal.looks).isEqualTo(1 + LookTurns.AT_ONCE);
        answer.countDown();
        others.forEach(CompletableFuture::join);
        pass(Duration.ofSeconds(1));

        runs.glance(ANNAS);
        assertThat(temporal.looks).isEqualTo(2 + LookTurns.AT_ONCE);
    }

    @Test
    void whileTemporalTakesItsTimeItIsKeptForLonger() {
        stands(open(null, null));
        temporal.whileTold = () -> pass(Duration.ofMillis(501));
        runs.glance(ANNAS);
        pass(Duration.ofSeconds(25));
        runs.decide("decision-" + "9".repeat(40), APPROVAL);
        pass(Duration.ofSeconds(4));

        runs.glance(ANNAS);
        assertThat(temporal.looks).isEqualTo(1);

        pass(Duration.ofSeconds(1));
        runs.glance(ANNAS);
        assertThat(temporal.looks).isEqualTo(2);
    }

    @Test
    void withoutTemporalNobodyWaitsForATurn() {
        CountDownLatch answer = hold(workflowId -> true);
        isConnected.set(false);
        int visitors = 2 * LookTurns.AT_ONCE;

        List<CompletableFuture<Standing>> looks = glancesAtOthers(visitors);

        await().atMost(Duration.ofSeconds(5)).until(() -> temporal.looks == visitors);
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
            memories.moves(WORKFLOW);
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
                .as("somebody else is asked since that was seen")
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
        stands(open(null, null));
        CountDownLatch answer = holdNext();

        List<CompletableFuture<Standing>> looks = IntStream.range(0, 30)
                .mapToObj(visitor -> apart(() -> runs.glance(visitor % 2 == 0 ? ANNAS : BENS)))
                .toList();
        await().until(() -> temporal.looks > 0);
        answer.countDown();

        assertThat(looks.stream().map(CompletableFuture::join)).containsOnly(new Standing.Told(open(null, null)));
        assertThat(temporal.looks).isLessThanOrEqualTo(2);
    }

    @Test
    void whoLooksAfterAClickDoesNotWaitForAQuestionFromBeforeNorKeepItsAnswer() {
        stands(open(null, null));
        CountDownLatch answer = holdNext();
        CompletableFuture<Standing> before = apart(() -> runs.glance(ANNAS));
        await().until(() -> held.get() == 1);

        runs.decide(WORKFLOW, APPROVAL);
        stands(decided());
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
        answer.countDown();
        assertThat(before.join()).isEqualTo(new Standing.Told(open(null, null)));
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void anEndIsShownFromMemoryOnceItIsRecorded() {
        stands(decided());
        runs.decide(WORKFLOW, APPROVAL);
        runs.look(WORKFLOW);
        runs.glance(BENS);
        assertThat(temporal.looks).as("the end may not be recorded").isEqualTo(2);

        memories.ends(WORKFLOW, TOLD);
        runs.glance(BENS);
        assertThat(temporal.looks).as("what was seen before is not the end").isEqualTo(3);
        runs.glance(ANNAS);
        assertThat(temporal.looks).isEqualTo(3);

        memories.reaches(WORKFLOW, TAKEN);
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
        memories.ends(WORKFLOW, TOLD);
        memories.reaches(WORKFLOW, TAKEN);
        runs.glance(ANNAS);
        runs.glance(ANNAS);

        assertThat(temporal.looks).isEqualTo(3);
    }

    @Test
    void theEndThatThisProcessHasComeToNeedsNoQuestionOnceItIsRecorded() {
        play();
        var click = click();
        memories.receives(WORKFLOW, APPROVAL.in(new Seal(true, "1")));
        memories.concludes(WORKFLOW, TOLD, decided());
        var sweep = apart(() -> runs.glance(BENS));
        assertThat(click).as("the end may not be recorded").isNotDone();

        memories.ends(WORKFLOW, told("receipt"));

        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(sweep.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
        assertThat(temporal.looks).isZero();
        memories.reaches(WORKFLOW, TAKEN);
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided().after(TAKEN)));
        assertThat(temporal.looks).isZero();
    }

    @Test
    void withoutTemporalNobodyWaitsForAnEnd() {
        play();
        memories.receives(WORKFLOW, APPROVAL);
        isConnected.set(false);
        stands(new Standing.Unanswered());

        var visit = apart(() -> runs.glance(ANNAS));

        await().atMost(Duration.ofSeconds(5)).until(visit::isDone);
        assertThat(visit.join()).isEqualTo(new Standing.Unanswered());
    }

    @Test
    void anEndThatAnotherProcessHasComeToIsAskedAbout() {
        play();
        stands(decided());
        var click = click();
        memories.receives(WORKFLOW, APPROVAL);
        memories.concludes(WORKFLOW, TOLD, open(null, null));
        memories.leaves(WORKFLOW);
        memories.ends(WORKFLOW, told("another receipt"));

        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(temporal.looks).isEqualTo(1);
    }

    @Test
    void whereTheEndDoesNotComeNobodyWaitsLongerThanForAQuestion() {
        play();
        memories.receives(WORKFLOW, APPROVAL);
        stands(new Standing.Unanswered());
        long begun = System.nanoTime();

        assertThat(click().join()).isEqualTo(new Standing.Unanswered());
        Duration waited = Duration.ofNanos(System.nanoTime() - begun);
        assertThat(temporal.looks).isEqualTo(1);
        assertThat(waited).isGreaterThan(Duration.ofSeconds(1));
        assertThat(temporal.longestLook).isLessThanOrEqualTo(DecisionRuns.LONGEST_LOOK.minusSeconds(2));
    }

    @Test
    void whereTheAnswerItselfIsStillOnItsWayNobodyAsksInVain() {
        play();
        var click = click();

        assertThat(click.join()).isEqualTo(new Standing.Unanswered());
        assertThat(temporal.looks).isZero();
    }

    @Test
    void whoeverHasAnsweredIsSoonToldThatItIsRecordedAndTheEndOnceThatIs() {
        play();
        var click = click();
        awaitAcceptance();

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Recorded());
        assertThat(temporal.looks).isZero();
        assertThat(click).isNotDone();

        memories.receives(WORKFLOW, APPROVAL);
        memories.concludes(WORKFLOW, TOLD, decided());
        assertThat(runs.glance(ANNAS)).as("not recorded yet").isEqualTo(new Standing.Recorded());
        memories.ends(WORKFLOW, TOLD);
        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void whoeverHasAnsweredIsToldSoWhereNoWorkerTellsMore() {
        memories.begins(WORKFLOW, open(null, null));
        runs.decide(WORKFLOW, APPROVAL);
        stands(new Standing.Unanswered());

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Recorded());
        assertThat(runs.glance(BENS)).isEqualTo(new Standing.Unanswered());
        pass(Duration.ofSeconds(10));
        assertThat(runs.glance(ANNAS)).as("it may be settled elsewhere").isEqualTo(new Standing.Unanswered());
    }

    @Test
    void whoeverHasNotAnsweredIsNotToldSo() {
        play();
        var click = click();
        awaitAcceptance();

        var bens = apart(() -> runs.glance(BENS));
        var annasSuccessors = apart(() -> runs.glance(link(0, 1)));
        memories.receives(WORKFLOW, APPROVAL);
        memories.concludes(WORKFLOW, TOLD, decided());
        memories.ends(WORKFLOW, TOLD);

        assertThat(bens.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(annasSuccessors.join()).isEqualTo(new Standing.Told(decided()));
        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void anAnswerThatTemporalHasNotTakenIsNotCalledRecorded() {
        play();
        temporal.closed = true;
        runs.decide(WORKFLOW, APPROVAL);
        stands(decided());

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void anEndThatDoesNotComeHereIsAskedAboutLater() {
        play();
        runs.decide(WORKFLOW, APPROVAL);
        pass(Duration.ofSeconds(10));
        stands(decided());

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void anAnswerThatChangedNothingIsNotCalledRecordedOnceThatIsKnown() {
        play();
        runs.decide(WORKFLOW, APPROVAL);
        stands(open(null, null));
        runs.look(WORKFLOW);
        pass(Duration.ofSeconds(5));

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(open(null, null)));
        assertThat(temporal.looks).isEqualTo(2);
    }

    private void awaitAcceptance() {
        await().until(() -> memories.of(WORKFLOW).endOfAnswerOf(ANNAS, Duration.ofSeconds(1), nanos.get()) != null);
    }

    @Test
    void anEndThatWasNotRecordedIsNotShown() {
        play();
        var click = click();
        memories.receives(WORKFLOW, APPROVAL);
        memories.concludes(WORKFLOW, told("not recorded"), open(given(), null));
        memories.moves(WORKFLOW);
        memories.concludes(WORKFLOW, TOLD, decided());
        memories.ends(WORKFLOW, TOLD);

        assertThat(click.join()).isEqualTo(new Standing.Told(decided()));
    }

    @Test
    void whoeverClicksOnceTheEndIsKnownIsToldWhatTemporalKnows() {
        play();
        memories.receives(WORKFLOW, APPROVAL);
        memories.concludes(WORKFLOW, TOLD, decided());
        memories.ends(WORKFLOW, TOLD);
        stands(decided().after(TAKEN));

        runs.decide(WORKFLOW, new Decide(1, 0, 1, null, null));

        assertThat(runs.lookAfterAnswer(WORKFLOW))
                .isEqualTo(new Standing.Told(decided().after(TAKEN)));
    }

    /** This process's worker has the request. */
    private void play() {
        memories.begins(WORKFLOW, open(null, null));
        memories.plays(WORKFLOW);
    }

    private CompletableFuture<Standing> click() {
        runs.decide(WORKFLOW, APPROVAL);
        return apart(() -> runs.lookAfterAnswer(WORKFLOW));
    }

    @Test
    void whoeverLooksWhileAClickWaitsForItsPageWaitsWithIt() {
        stands(decided());
        CountDownLatch answer = holdNext();
        runs.decide(WORKFLOW, APPROVAL);
        var page = apart(() -> runs.look(WORKFLOW));
        await().until(() -> held.get() == 1);

        var sweep = apart(() -> runs.glance(BENS));
        answer.countDown();

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
        memories.begins(WORKFLOW, open(null, null));
        pass(Duration.ofSeconds(20));
        memories.mails(question(ANNAS));
        pass(Duration.ofSeconds(4));

        assertThat(runs.glance(ANNAS)).isEqualTo(new Standing.Told(open(null, null)));
        assertThat(temporal.looks).isZero();

        runs.glance(BENS);
        assertThat(temporal.looks).as("Ben's mail has not been seen").isEqualTo(1);
    }

    @Test
    void whatBeganLongAgoIsAskedAbout() {
        memories.begins(WORKFLOW, open(null, null));
        pass(Duration.ofSeconds(59));
        memories.mails(question(ANNAS));
        pass(Duration.ofSeconds(2));

        runs.glance(ANNAS);

        assertThat(temporal.looks).isEqualTo(1);
    }

    @Test
    void whatHasMovedIsAskedAbout() {
        memories.begins(WORKFLOW, open(null, null));
        memories.moves(WORKFLOW);
        memories.mails(question(ANNAS));

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

    /** Questions about these requests are answered once they are let go. */
    private CountDownLatch hold(Predicate<String> workflowIds) {
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
    private CountDownLatch holdNext() {
        AtomicBoolean isNext = new AtomicBoolean(true);
        return hold(workflowId -> isNext.getAndSet(false));
    }

    /** So many people look at one request each, all at once. */
    private List<CompletableFuture<Standing>> glancesAtOthers(int visitors) {
        return IntStream.range(0, visitors)
                .mapToObj(other -> new DecisionLink("decision-" + "%040d".formatted(other), 0, 0, 0, 2, Comments.OFF))
                .map(other -> apart(() -> runs.glance(other)))
                .toList();
    }

    private static <T> CompletableFuture<T> apart(Supplier<T> look) {
        return CompletableFuture.supplyAsync(look, task -> new Thread(task).start());
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
