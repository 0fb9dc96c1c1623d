package dev.flowmail.api.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.DecisionState;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a page may be shown of without asking Temporal, and what not. */
class RememberedRunsTest extends RememberedRequest {

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
}
