package dev.flowmail.api.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.Seal;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** What whoever looks after an answer is told of the end that it makes, and when. */
class AwaitedEndsTest extends RememberedRequest {

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
}
