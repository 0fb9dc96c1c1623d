package dev.flowmail.workflows.decision;

import static dev.flowmail.workflows.decision.Requests.APPROVE;
import static dev.flowmail.workflows.decision.Requests.REJECT;
import static dev.flowmail.workflows.decision.Requests.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow.Extension;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import dev.flowmail.workflows.decision.DecisionWorkflow.Resend;
import io.temporal.client.WorkflowFailedException;
import io.temporal.failure.CanceledFailure;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What operators do to a request. Days in milliseconds: the test server skips time. */
@Timeout(60)
class OperatorsTest extends OneDecision {
    @Test
    void cancellingWithdrawsTellsFlowAndEndsCanceled() {
        start(new Requests());
        awaitMails(1);

        stub().cancel();

        assertThatThrownBy(this::awaitEnd)
                .isInstanceOf(WorkflowFailedException.class)
                .hasCauseInstanceOf(CanceledFailure.class);
        assertThat(outside.fault()).isEqualTo("Withdrawn");
        assertThat(workflow.state().status()).isEqualTo(Status.WITHDRAWN);
    }

    @Test
    void withdrawingTellsFlow() {
        start(new Requests());
        awaitMails(1);
        workflow.withdraw(new Reason("no longer needed"));
        awaitEnd();

        assertThat(outside.fault()).isEqualTo("Withdrawn");
        assertThat(workflow.state().reason()).isEqualTo("no longer needed");
    }

    @Test
    void extendingMovesTheDeadlineFromNow() {
        start(new Requests().timeout(Duration.ofDays(2), null));
        temporal.sleep(Duration.ofDays(1));

        workflow.extend(new Extension("5 days", "holidays"));
        temporal.sleep(Duration.ofDays(4));
        assertThat(workflow.state().hasEnded()).isFalse();
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void anExtensionHoldsWhereItsNextReminderIsDueWhenTimeWasUp() {
        start(new Requests().timeout(Duration.ofDays(2), null).remindEvery(Duration.ofDays(1)));
        awaitMails(1);
        temporal.sleep(Duration.ofHours(40));
        awaitMails(3);

        workflow.extend(new Extension("5 days", null));
        temporal.sleep(Duration.ofHours(20));

        assertThat(workflow.state().status()).isEqualTo(Status.WAITING);
        awaitMails(4);
    }

    @Test
    void aMailThatIsStillTriedSurvivesAnExtension() {
        outside.unreachable.add(address(0));
        start(new Requests().timeout(Duration.ofHours(2), null));
        workflow.extend(new Extension("2 days", null));
        temporal.sleep(Duration.ofDays(1));

        outside.unreachable.clear();
        temporal.sleep(Duration.ofMinutes(10));
        assertThat(outside.mails).hasSize(1);
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void reassigningKillsTheOldLinksAndMailsTheNewPerson() {
        start(new Requests());
        awaitMails(1);

        workflow.reassign(new Reassignment(address(0), "deputy@example.com", null));
        awaitMails(2);
        workflow.decide(Requests.answer(0, 0, REJECT));
        workflow.decide(Requests.answer(0, 1, APPROVE));
        awaitEnd();

        assertThat(outside.mails).hasSize(2);
        assertThat(outside.onlyAnswer().recipient()).isEqualTo("deputy@example.com");
        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void aRefusedRecipientCanBeMailedAgain() {
        outside.refused.add(address(0));
        start(new Requests().recipients(2));
        awaitMails(1);

        outside.refused.clear();
        workflow.resend(new Resend(address(0), "mailbox was full"));
        awaitMails(2);
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.onlyAnswer().recipient()).isEqualTo(address(0));
    }

    @Test
    void aMailThatIsStillTriedIsReplacedByTheOneThatIsSentAgain() {
        outside.unreachable.add(address(0));
        start(new Requests());
        Awaitility.await().until(() -> !outside.attempts.isEmpty());
        workflow.resend(new Resend(address(0), null));
        temporal.sleep(Duration.ofMinutes(1));

        outside.unreachable.clear();
        temporal.sleep(Duration.ofMinutes(10));
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.mails).hasSize(1);
    }

    @Test
    void aMailThatIsSentAgainMakesTheRequestWaitNoLess() {
        start(new Requests().recipients(2).answersNeeded(2, null));
        awaitMails(2);
        outside.unreachable.add(address(0));

        workflow.resend(new Resend(address(0), null));
        Awaitility.await().until(() -> outside.attempts.size() > 2);
        workflow.decide(Requests.answer(1, APPROVE));

        assertThat(workflow.state().people().get(0).mail()).isEqualTo(MailStatus.SENDING);
        assertThat(workflow.state().status()).isEqualTo(Status.WAITING);
    }

    @Test
    void updatesAreRefusedWithASentenceThatNamesNoAddress() {
        start(new Requests().recipients(2).answersNeeded(2, null));
        answer(0, APPROVE);

        assertRefused(() -> workflow.extend(new Extension("120 days", null)), "119 days");
        assertRefused(() -> workflow.extend(new Extension("soon", null)), "timeout must be");
        assertRefused(() -> workflow.extend(null), "timeout must be");
        assertRefused(() -> workflow.reassign(new Reassignment("nobody@example.com", "a@b.c", null)), "No recipient");
        assertRefused(() -> workflow.reassign(new Reassignment(address(1), "no address", null)), "one email address");
        assertRefused(() -> workflow.reassign(new Reassignment(address(1), "a..b@b.c", null)), "one email address");
        assertRefused(() -> workflow.reassign(new Reassignment(address(1), address(0), null)), "already");
        assertRefused(() -> workflow.reassign(new Reassignment(address(0), "a@b.c", null)), "answered already");
        assertRefused(() -> workflow.resend(new Resend(address(0), null)), "answered already");
        assertRefused(() -> workflow.retryCallback(null), "nothing to retry");
    }

    @ParameterizedTest
    @ValueSource(strings = {"böss@münchen.example", " BÖSS@xn--mnchen-3ya.example", "Bo\u0308ss@münchen.example"})
    void nobodyMakesTheRequesterDecide(String requester) {
        start(new Requests().requester("Böss@xn--mnchen-3ya.example", "Böss@münchen.example"));
        // the in-memory server may lose an update that comes with the end of an activity
        awaitMails(1);

        assertRefused(
                () -> workflow.reassign(new Reassignment(address(0), requester, null)),
                "to is the requester, who does not decide their own request.");
        workflow.reassign(new Reassignment(address(0), "deputy@example.com", null));
    }
}
