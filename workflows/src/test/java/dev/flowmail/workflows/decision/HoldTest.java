package dev.flowmail.workflows.decision;

import static dev.flowmail.workflows.decision.Requests.APPROVE;
import static dev.flowmail.workflows.decision.Requests.REJECT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.decision.Decide.Fresh;
import dev.flowmail.workflows.decision.Decide.Proof;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Held;
import dev.flowmail.workflows.decision.DecisionWorkflow.Extension;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Minutes in milliseconds: the test server skips time. */
@Timeout(60)
class HoldTest extends OneDecision {

    private static final Duration HOLD = Duration.ofMinutes(10);

    private int signals;

    @Test
    void theAnswerThatDecidedStandsAndFlowIsToldOnceWhenTheHoldIsOver() {
        start(new Requests().hold(HOLD));
        answer(0, APPROVE);

        DecisionState held = workflow.state();
        assertThat(held.status()).isEqualTo(Status.DECIDED);
        assertThat(held.outcome()).isEqualTo(APPROVE);
        assertThat(held.callback()).isEqualTo(CallbackStatus.NONE);
        assertThat(held.held()).isEqualTo(new Held(0, decidedAt().plus(HOLD)));
        assertThat(outside.receipts).isEmpty();
        assertThat(outside.answers).isEmpty();

        awaitEnd();
        assertThat(outside.onlyAnswer().decidedAt()).isEqualTo(held.endedAt());
        assertThat(outside.chosen()).isEqualTo("id-approve");
        assertThat(outside.receipts).singleElement().extracting("status").isEqualTo("Decided");
        assertThat(closedAt()).isAfterOrEqualTo(decidedAt().plus(HOLD));
        assertThat(workflow.state().held()).isNull();
    }

    @Test
    void whoeverGaveItMayChangeItAndThatDoesNotRestartTheHold() {
        start(new Requests().recipients(2).hold(HOLD));
        answer(0, APPROVE);
        Instant end = heldUntil();
        temporal.sleep(Duration.ofMinutes(6));

        change(0, REJECT, given(0));
        assertThat(workflow.state().outcome()).isEqualTo(REJECT);
        assertThat(heldUntil()).isEqualTo(end);
        temporal.sleep(Duration.ofMinutes(2));
        change(0, APPROVE, given(0));
        change(0, REJECT, given(0));

        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
        assertThat(outside.onlyAnswer().answers()).extracting(Answered::outcome).containsExactly("reject");
        assertThat(outside.receipts).hasSize(1);
        assertThat(closedAt()).isBetween(end, end.plusSeconds(60));
    }

    @Test
    void nothingElseChangesIt() {
        start(new Requests().recipients(2).hold(HOLD));
        answer(0, APPROVE);
        Instant given = given(0);

        workflow.decide(Requests.answer(0, REJECT));
        workflow.decide(Requests.answer(1, REJECT));
        change(0, REJECT, given.minusMillis(1));
        change(1, REJECT, given);

        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-approve");
        assertThat(outside.onlyAnswer().answers()).hasSize(1);
    }

    @Test
    void aDeadlineInsideTheHoldChangesNothing() {
        start(new Requests().timeout(Duration.ofMinutes(5), REJECT).hold(HOLD));
        answer(0, APPROVE);
        temporal.sleep(Duration.ofMinutes(7));

        assertThat(workflow.state().status()).isEqualTo(Status.DECIDED);
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void aChangeToAnOutcomeThatNeedsProofNeedsTheFreshCodeThatIsMailed() {
        start(new Requests().proof(REJECT).hold(HOLD));
        answer(0, APPROVE);
        Instant given = given(0);

        change(0, REJECT, given);
        prove(given, new Proof(null, new Fresh("nonce", "hash")));
        awaitMails(2);
        assertThat(Objects.requireNonNull(outside.mails.get(1).question()).code())
                .isEqualTo(new Question.Code("nonce", REJECT));
        prove(given, new Proof("another hash", null));
        prove(given.minusMillis(1), new Proof("hash", null));
        assertThat(workflow.state().outcome()).isEqualTo(APPROVE);

        prove(given, new Proof("hash", null));

        assertThat(workflow.state().outcome()).isEqualTo(REJECT);
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
        assertThat(outside.receipts)
                .singleElement()
                .satisfies(
                        receipt -> assertThat(receipt.answers().get(0).method()).isEqualTo("proof"));
    }

    @Test
    void anAnswerThatNeededProofIsChangedWithoutToOneThatNeedsNone() {
        start(new Requests().proof(APPROVE).hold(HOLD));
        ask(APPROVE, "hash");
        awaitMails(2);
        workflow.decide(proven(APPROVE, null, new Proof("hash", null)));
        assertThat(workflow.state().outcome()).isEqualTo(APPROVE);

        change(0, REJECT, given(0));

        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
    }

    @Test
    void noReminderGoesOutWhileADecisionIsHeld() {
        start(new Requests().recipients(2).remindEvery(Duration.ofMinutes(4)).hold(HOLD));
        answer(0, APPROVE);

        awaitEnd();
        assertThat(outside.mails).hasSize(2);
    }

    @Test
    void aChangeThatNoLongerDecidesOpensTheRequestAgain() {
        start(new Requests()
                .recipients(3)
                .answersNeeded(2, null)
                .remindEvery(Duration.ofMinutes(8))
                .hold(HOLD));
        answer(0, APPROVE);
        answer(1, APPROVE);
        change(1, REJECT, given(1));

        DecisionState open = workflow.state();
        assertThat(open.status()).isEqualTo(Status.WAITING);
        assertThat(open.hasEnded()).isFalse();
        assertThat(open.held()).isNull();
        temporal.sleep(Duration.ofMinutes(15));
        assertThat(outside.answers).isEmpty();
        assertThat(outside.mails).as("reminders go on").hasSizeGreaterThan(3);

        answer(2, REJECT);
        assertThat(workflow.state().held()).extracting(Held::giver).isEqualTo(2);
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
        assertThat(outside.onlyAnswer().recipient()).isEqualTo(Requests.address(2));
    }

    @Test
    void aChangeThatLeavesNoAgreementIsHeldTooAndCanBeTakenBack() {
        start(new Requests().recipients(2).answersNeeded(2, null).hold(HOLD));
        answer(0, APPROVE);
        answer(1, APPROVE);
        change(1, REJECT, given(1));

        assertThat(workflow.state().status()).isEqualTo(Status.NO_AGREEMENT);
        assertThat(workflow.state().held()).isNotNull();
        change(1, APPROVE, given(1));

        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void aChangeThatLeavesNoAgreementEndsTheRequestWhenTheHoldIsOver() {
        start(new Requests().recipients(2).answersNeeded(2, null).hold(HOLD));
        answer(0, APPROVE);
        answer(1, APPROVE);
        change(1, REJECT, given(1));

        awaitEnd();
        assertThat(outside.onlyAnswer().fault()).extracting("code").isEqualTo("NoAgreement");
    }

    @Test
    void aChangeAfterTheDeadlineThatNoLongerDecidesHasRunOutOfTime() {
        start(new Requests()
                .recipients(3)
                .answersNeeded(2, null)
                .timeout(Duration.ofMinutes(2), REJECT)
                .hold(HOLD));
        answer(0, APPROVE);
        answer(1, APPROVE);
        temporal.sleep(Duration.ofMinutes(5));
        change(1, REJECT, given(1));

        assertThat(workflow.state().status()).isEqualTo(Status.TIMED_OUT);
        assertThat(outside.answers).isEmpty();
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
        assertThat(outside.onlyAnswer().ending()).isEqualTo("TimedOut");
    }

    @Test
    void noAgreementByAFirstAnswerIsNotHeld() {
        start(new Requests().recipients(2).answersNeeded(2, null).hold(HOLD));
        answer(0, APPROVE);
        answer(1, REJECT);

        awaitEnd();
        assertThat(closedAt()).isBefore(given(1).plus(HOLD));
    }

    @Test
    void anOperatorReleasesADecision() {
        start(new Requests().hold(HOLD));
        assertRefused(() -> workflow.release(null), "Nothing is held");
        answer(0, APPROVE);

        workflow.release(new Reason("it is urgent"));
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-approve");
        assertThat(closedAt()).isBefore(decidedAt().plus(HOLD));
    }

    @Test
    void aHeldDecisionCanBeWithdrawnAndNothingElse() {
        start(new Requests().recipients(2).hold(HOLD));
        answer(0, APPROVE);

        assertRefused(() -> workflow.extend(new Extension("2 days", null)), "decided and held");
        assertRefused(() -> workflow.resend(null), "decided and held");
        assertRefused(
                () -> workflow.reassign(new Reassignment(Requests.address(1), "deputy@example.com", null)),
                "decided and held");
        workflow.withdraw(null);

        awaitEnd();
        assertThat(outside.onlyAnswer().fault()).extracting("code").isEqualTo("Withdrawn");
        assertThat(closedAt()).isBefore(given(0).plus(HOLD));
        assertThat(workflow.state().status()).isEqualTo(Status.WITHDRAWN);
        assertThat(workflow.state().held()).isNull();
    }

    @Test
    void whatIsReleasedIsNotChangedAnyMore() {
        Instant at = Instant.parse("2026-11-28T10:00:00Z");
        Participants participants = new Participants(List.of(new Mailbox("anna@example.com", null)));
        Participant anna = participants.all().get(0);
        participants.answers(anna, new DecisionState.Given(APPROVE, null, at, null, null));
        Hold hold = new Hold(HOLD);
        hold.begin(new Ending(Status.DECIDED, APPROVE, 0, at, null));
        Decide change = Requests.answer(0, REJECT).replacing(at);
        assertThat(hold.admits(change, anna)).isTrue();

        hold.release();

        assertThat(hold.admits(change, anna)).isFalse();
    }

    @Test
    void theSameAnswerAgainIsNoChange() {
        start(new Requests().hold(HOLD));
        answer(0, APPROVE);
        Instant first = given(0);
        temporal.sleep(Duration.ofMinutes(1));

        change(0, APPROVE, first);

        assertThat(given(0)).isEqualTo(first);
    }

    @Test
    void whileADecisionIsHeldNobodyElseIsMailed() {
        answerBeforeTheFirstTask(new Requests().recipients(2).hold(HOLD), Requests.answer(0, APPROVE), waiting -> {
            Awaitility.await().until(() -> waiting.state().held() != null);
            waiting.release(null);
            WorkflowStub.fromTyped(waiting).getResult(Void.class);
        });

        assertThat(outside.chosen()).isEqualTo("id-approve");
        assertThat(outside.mails).isEmpty();
    }

    @Test
    void aCancelledHoldIsWithdrawn() {
        start(new Requests().hold(HOLD));
        answer(0, APPROVE);
        stub().cancel();

        assertThatThrownBy(this::awaitEnd)
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(CanceledFailure.class);
        assertThat(outside.onlyAnswer().fault()).extracting("code").isEqualTo("Withdrawn");
    }

    @Test
    void theUiShowsWhatIsHeldAndUntilWhen() {
        start(new Requests().hold(HOLD));
        answer(0, APPROVE);

        assertThat(stub().query("__temporal_workflow_metadata", WorkflowMetadata.class)
                        .getCurrentDetails())
                .startsWith("`Holiday`, asked by `Boss`\n\n**Decided ")
                .contains(": `Approve`**, **held** until ", " Europe/Berlin: recipient 1 may change their answer")
                .contains("`release`");
    }

    private void change(int place, int outcome, Instant replaced) {
        workflow.decide(Requests.answer(place, outcome).replacing(replaced));
    }

    private void ask(int outcome, String hash) {
        workflow.decide(proven(outcome, null, new Proof(null, new Fresh("nonce", hash))));
    }

    private void prove(Instant replaced, Proof proof) {
        workflow.decide(proven(REJECT, replaced, proof));
    }

    private Decide proven(int outcome, @Nullable Instant replaced, Proof proof) {
        signals++;
        Manner manner = new Manner(Manner.PROOF, null, 0, List.of());
        return new Decide(0, 0, outcome, null, null, null, manner, proof, replaced)
                .in(new Seal(true, "proof-" + signals));
    }

    private Instant given(int place) {
        return Objects.requireNonNull(workflow.state().people().get(place).answer())
                .at();
    }

    private Instant decidedAt() {
        return Objects.requireNonNull(workflow.state().endedAt());
    }

    private Instant heldUntil() {
        return Objects.requireNonNull(workflow.state().held()).until();
    }

    private Instant closedAt() {
        return stub().describe().getCloseTime();
    }
}
