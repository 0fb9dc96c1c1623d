package dev.flowmail.workflows.decision;

import static dev.flowmail.workflows.decision.Requests.APPROVE;
import static dev.flowmail.workflows.decision.Requests.EXPIRED;
import static dev.flowmail.workflows.decision.Requests.REJECT;
import static dev.flowmail.workflows.decision.Requests.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide.Visits;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionWorkflow.Extension;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reason;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import dev.flowmail.workflows.decision.DecisionWorkflow.Resend;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Letter;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Agreement;
import dev.flowmail.workflows.mail.Question.Tone;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import io.temporal.api.enums.v1.EventType;
import io.temporal.api.history.v1.HistoryEvent;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.failure.ApplicationFailure;
import io.temporal.failure.CanceledFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Days in milliseconds: the test server skips time. */
@Timeout(60)
class DecisionWorkflowTest extends OneDecision {

    private static final Attachment ELSEWHERE =
            new Attachment("a.pdf", null, Attachment.Location.DOWNLOAD, "https://files.example.com/a.pdf");

    @Test
    void filesFromElsewhereAreFetchedAtOnceWhateverBecomesOfTheMails() {
        outside.unreachable.add(Requests.address(0));

        start(new Requests().attachments(ELSEWHERE));

        Awaitility.await().until(() -> !outside.fetched.isEmpty());
        assertThat(outside.fetched).containsExactly(new AttachmentFetch("decision-test", List.of(ELSEWHERE), null));
        assertThat(outside.mails).isEmpty();
    }

    @Test
    void uploadsAreNotFetchedAndADebugRunsMailFetchesItsFilesItself() {
        start(new Requests().debug().attachments(ELSEWHERE));
        awaitMails(1);

        assertThat(outside.fetched).isEmpty();
    }

    @Test
    void whatAllMailsShareMayLieInALetter() {
        start(new Requests().recipients(2).attachments(ELSEWHERE).letter("text-1"));
        awaitMails(2);

        assertThat(outside.mails).allSatisfy(mail -> {
            assertThat(mail.letter()).contains("text-1");
            assertThat(mail.attachments()).containsExactly(Attachment.letter("text-1"));
            assertThat(mail.subject()).isEmpty();
            assertThat(Objects.requireNonNull(mail.question()).outcomes()).isEmpty();
        });
        Mail whole = outside.mails.get(0).with(new Letter("Holiday", List.of("Approve", "Reject"), List.of(ELSEWHERE)));
        assertThat(whole.letter()).isEmpty();
        assertThat(Objects.requireNonNull(whole.question()).outcomes()).containsExactly("Approve", "Reject");
        assertThat(workflow.state().choices()).hasSize(2);
    }

    @Test
    void theFirstAnswerDecidesAndFlowIsTold() {
        start(new Requests().recipients(2));

        answer(1, REJECT);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-reject");
        assertThat(outside.onlyAnswer().fault()).isNull();
        assertThat(outside.onlyAnswer().recipient()).isEqualTo(address(1));
        assertThat(workflow.state().status()).isEqualTo(Status.DECIDED);
        assertThat(workflow.state().wayBack()).isEqualTo("https://flow.example/join");
        assertThat(workflow.state().callback()).isEqualTo(CallbackStatus.REACHED);
    }

    @Test
    void everyRecipientGetsOneMailWithTheirOwnPlace() {
        start(new Requests().recipients(3));
        awaitMails(3);

        assertThat(outside.mails)
                .extracting(mail -> Objects.requireNonNull(mail.question()).recipient())
                .containsExactlyInAnyOrder(0, 1, 2);
        assertThat(outside.mails).extracting(Mail::id).doesNotHaveDuplicates();
        assertThat(outside.mails).allSatisfy(mail -> assertThat(mail.to()).hasSize(1));
    }

    @Test
    void timeUpWithoutAnOutcomeIsAFault() {
        start(new Requests().timeout(Duration.ofDays(3), null));
        awaitEnd();

        assertThat(outside.fault()).isEqualTo("Timeout");
        assertThat(outside.onlyAnswer().outcome()).isNull();
        assertThat(workflow.state().status()).isEqualTo(Status.TIMED_OUT);
    }

    @Test
    void timeUpChoosesTheTimeoutOutcome() {
        start(new Requests().timeout(Duration.ofDays(3), REJECT));
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-reject");
        assertThat(outside.onlyAnswer().recipient()).isNull();
    }

    @Test
    void aHiddenOutcomeIsOfferedToNobodyCannotBeChosenAndIsTheTimeoutOutcome() {
        start(new Requests().hidingExpired().timeout(Duration.ofDays(3), EXPIRED));

        answer(0, EXPIRED);
        assertThat(workflow.state().people().get(0).answer()).isNull();
        assertThat(workflow.state().buttons()).containsExactly("Approve", "Reject");
        awaitEnd();

        assertThat(outside.mails.get(0).question()).satisfies(question -> {
            assertThat(question.outcomes()).containsExactly("Approve", "Reject");
            assertThat(question.tones()).containsExactly(Tone.PLAIN, Tone.RED);
        });
        assertThat(outside.chosen()).isEqualTo("id-expired");
        assertThat(workflow.state().choices().get(EXPIRED)).isEqualTo("Expired");
        assertThat(workflow.state().outcome()).isEqualTo(EXPIRED);
    }

    @Test
    void aQuorumDecidesAndItsLastAnswerIsTheDecidingOne() {
        start(new Requests().recipients(3).answersNeeded(2, null));

        answer(2, APPROVE);
        answer(0, REJECT);
        answer(0, APPROVE);
        assertThat(workflow.state().hasEnded())
                .as("a recipient's first answer stands")
                .isFalse();
        answer(1, APPROVE);
        awaitEnd();

        assertThat(outside.onlyAnswer().recipient()).isEqualTo(address(1));
        assertThat(outside.onlyAnswer().answers())
                .extracting(Answered::outcome)
                .containsExactly("approve", "reject", "approve");
    }

    @Test
    void oneVetoDecides() {
        start(new Requests().recipients(3).answersNeeded(2, REJECT));

        answer(0, APPROVE);
        answer(1, REJECT);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-reject");
    }

    @Test
    void noAgreementEndsTheRequestAtOnce() {
        start(new Requests().recipients(2).answersNeeded(2, null));

        answer(0, APPROVE);
        answer(1, REJECT);
        awaitEnd();

        assertThat(outside.fault()).isEqualTo("NoAgreement");
        assertThat(workflow.state().people())
                .allSatisfy(person -> assertThat(person.answer()).isNotNull());
    }

    @Test
    void nobodyReachedIsAMailFailure() {
        outside.refused.add(address(0));
        start(new Requests());
        awaitEnd();

        assertThat(outside.fault()).isEqualTo("MailFailed");
        assertThat(workflow.state().people().get(0).mailError()).isEqualTo("550 no such user");
    }

    @Test
    void oneRefusedRecipientDoesNotStopTheOthers() {
        outside.refused.add(address(0));
        start(new Requests().recipients(2));
        awaitMails(1);
        answer(1, APPROVE);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void aMailServerThatIsDownIsTriedUntilTheDeadlineAndThenItIsATimeout() {
        outside.unreachable.add(address(0));
        start(new Requests().timeout(Duration.ofDays(2), null));
        awaitEnd();

        assertThat(outside.fault()).isEqualTo("Timeout");
    }

    @Test
    void answersOfNobodyHereChangeNothing() {
        start(new Requests());

        workflow.decide(Requests.answer(7, 0, APPROVE));
        workflow.decide(Requests.answer(-1, 0, APPROVE));
        workflow.decide(Requests.answer(0, 1, APPROVE));
        workflow.decide(Requests.answer(0, 0, 9));
        workflow.decide(Requests.answer(0, 0, -1));

        assertThat(workflow.state().hasEnded()).isFalse();
        answer(0, REJECT);
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
    }

    @Test
    void remindersGoToThoseWhoHaveNotAnsweredAndReferToTheFirstMail() {
        start(new Requests()
                .recipients(2)
                .answersNeeded(2, null)
                .timeout(Duration.ofDays(3), null)
                .remindEvery(Duration.ofDays(1)));
        awaitMails(2);
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.mailsTo(0)).hasSize(1);
        List<Question> asked = outside.mailsTo(1).stream().map(Mail::question).toList();
        assertThat(asked).extracting(Question::reminder).containsExactly(0, 1, 2, 3);
        assertThat(asked.get(1).firstMailId())
                .isEqualTo(outside.mailsTo(1).get(0).id());
    }

    @Test
    void flowIsToldAgainUntilItListens() {
        for (int attempt = 0; attempt < 5; attempt++) {
            outside.callbackFailures.add(ApplicationFailure.newFailure("503", "FlowUnreachable"));
        }
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void aRefusedCallbackStaysOpenForAnOperator() {
        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        start(new Requests());
        answer(0, APPROVE);
        awaitState(CallbackStatus.FAILED);
        assertThat(workflow.state().callbackError()).isEqualTo("404");

        workflow.retryCallback(new Reason("address fixed"));
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void theReceiptIsSignedOnceAndTheSameOnEveryRepeat() {
        outside.callbackFailures.add(ApplicationFailure.newFailure("BUSY", "FlowUnreachable"));
        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        start(new Requests().recipients(2));
        awaitMails(2);
        answer(1, REJECT);
        awaitState(CallbackStatus.FAILED);
        String signed = workflow.state().receipt();

        workflow.retryCallback(null);
        awaitEnd();

        assertThat(signed).isNotNull().isEqualTo(outside.onlyAnswer().receipt());
        assertThat(outside.receipts).hasSize(1);
        ReceiptFacts facts = outside.receipts.get(0);
        assertThat(facts.decision()).isEqualTo("decision-test");
        assertThat(facts.status()).isEqualTo("Decided");
        assertThat(facts.decidedBy()).isEqualTo(address(1));
        assertThat(Objects.requireNonNull(facts.outcome()).developerName()).isEqualTo("reject");
        assertThat(facts.answers())
                .extracting(ReceiptFacts.Answer::mailbox, ReceiptFacts.Answer::outcome, ReceiptFacts.Answer::method)
                .containsExactly(tuple(address(1), "reject", "button"));
        assertThat(facts.shown())
                .hasSize(2)
                .allSatisfy(shown -> assertThat(shown.mails()).hasSize(1));
    }

    @Test
    void aReceiptThatCannotBeSignedAtFirstIsSignedAgain() {
        outside.receiptFailures.add(new IllegalStateException("out of memory, or so"));
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();
        assertThat(outside.onlyAnswer().receipt()).isNotNull();
    }

    @Test
    void flowIsToldWithoutAReceiptThatCannotBeSigned() {
        IntStream.range(0, 10).forEach(time -> outside.receiptFailures.add(new IllegalStateException("broken")));
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();
        assertThat(outside.onlyAnswer().receipt()).isNull();
    }

    @Test
    void anEndThatNobodyDecidedHasAReceiptToo() {
        start(new Requests().timeout(Duration.ofDays(3), null));
        awaitEnd();

        assertThat(outside.receipts).extracting(ReceiptFacts::status).containsExactly("TimedOut");
        assertThat(outside.onlyAnswer().receipt()).isNotNull();
    }

    @Test
    void aCallbackThatFlowNeverTakesFailsTheRunWhenFlowGivesUp() {
        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        start(new Requests());
        answer(0, APPROVE);

        assertThatThrownBy(this::awaitEnd)
                .hasRootCauseMessage("message='404', type='CallbackFailed', nonRetryable=true");
    }

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
    void thePageIsToldWhatTheMailShowsOnlyWhileSomebodyMayAnswer() {
        Excerpt excerpt = new Excerpt("May I?", true, List.of(new Excerpt.File("offer.pdf", 7L)));
        start(new Requests().recipients(3).answersNeeded(2, REJECT).showing(excerpt));
        awaitMails(3);

        assertThat(workflow.state().excerpt()).isEqualTo(excerpt);
        assertThat(workflow.state().agreement()).isEqualTo(new Agreement(3, 2, REJECT));
        answer(0, REJECT);
        awaitEnd();
        assertThat(workflow.state().excerpt()).isNull();
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
    void onlyAnAnswerThatWasEncryptedForThisRequestCounts() {
        start(new Requests().recipients(2).answersNeeded(2, null));
        awaitMails(2);

        workflow.decide(null);
        stub().signal("decide");
        workflow.decide(new Decide(0, 0, APPROVE, null, null));
        workflow.decide(new Decide(0, 0, APPROVE, null, null).in(new Seal(false, "from elsewhere")));

        assertThat(workflow.state().people()).allSatisfy(person -> {
            assertThat(person.answer()).isNull();
            assertThat(person.signals()).isZero();
        });
        answer(0, REJECT);
        answer(1, REJECT);
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
    }

    @Test
    void theSameCiphertextCountsOnce() {
        start(new Requests().recipients(2).answersNeeded(2, null));
        awaitMails(2);
        Decide captured = Requests.answer(0, APPROVE);

        workflow.decide(captured);
        workflow.decide(captured);

        assertThat(workflow.state().people().get(0).signals()).isEqualTo(1);
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
        workflow.resend(new Resend(address(0), null));
        temporal.sleep(Duration.ofMinutes(1));

        outside.unreachable.clear();
        temporal.sleep(Duration.ofMinutes(10));
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.mails).hasSize(1);
    }

    @Test
    void anAnswerBeforeTheFirstTaskCounts() {
        try (TestWorkflowEnvironment idle = TestWorkflowEnvironment.newInstance()) {
            register(idle.newWorker(DecisionWorkflow.TASK_QUEUE));
            DecisionWorkflow waiting = idle.getWorkflowClient()
                    .newWorkflowStub(
                            DecisionWorkflow.class,
                            WorkflowOptions.newBuilder()
                                    .setTaskQueue(DecisionWorkflow.TASK_QUEUE)
                                    .build());
            WorkflowClient.start(waiting::run, new Requests().build());
            waiting.decide(Requests.answer(0, APPROVE));

            idle.start();
            WorkflowStub.fromTyped(waiting).getResult(Void.class);
        }

        assertThat(outside.chosen()).isEqualTo("id-approve");
        assertThat(outside.mails).as("nobody is mailed after the end").isEmpty();
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

    @Test
    void aDebugRunWhoseMailFailsEndsWithoutACallback() {
        outside.refused.add(address(1));
        start(new Requests().recipients(2).debug());

        assertThatThrownBy(this::awaitEnd).hasMessageContaining("failed");
        assertThat(outside.answers).isEmpty();
        assertThat(workflow.state().status()).isEqualTo(Status.MAIL_FAILED);
        assertThat(workflow.state().people().get(1).mail()).isEqualTo(MailStatus.FAILED);
    }

    @Test
    void aDebugRunTriesEachMailOnce() {
        outside.unreachable.add(address(0));
        start(new Requests().debug());

        assertThatThrownBy(this::awaitEnd).isInstanceOf(WorkflowFailedException.class);
        assertThat(workflow.state().people().get(0).mailError()).isEqualTo("connection refused");
    }

    @Test
    void aDebugRunWhoseMailsAreSentGoesOnLikeAnyOther() {
        start(new Requests().debug());
        awaitMails(1);
        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void withoutOutcomesTheMailsAreSentAndNobodyIsAsked() {
        start(new Requests().recipients(2).askingNothing());
        awaitEnd();

        assertThat(outside.mails)
                .hasSize(2)
                .allSatisfy(mail -> assertThat(mail.question()).isNull());
        assertThat(outside.answers).isEmpty();
    }

    @Test
    void whatTheRequestKeptIsForgottenWhenItEnds() {
        start(new Requests().storedBody());
        awaitMails(1);
        assertThat(outside.forgotten).isEmpty();

        answer(0, APPROVE);
        awaitEnd();

        assertThat(outside.forgotten).containsExactly("decision-test");
    }

    @Test
    void theUiShowsWhoAnsweredWhatAndWhatIsAwaited() {
        outside.refused.add(address(1));
        start(new Requests().recipients(3).answersNeeded(2, REJECT));
        awaitSettledMails();
        workflow.decide(new Decide(0, 0, APPROVE, "until `May`", null).in(new Seal(true, "nonce")));

        assertThat(details())
                .startsWith("`Holiday`, asked by `Boss`\n\n**Waiting")
                .contains("\n\n2 of 3 must agree; one `Reject` ends it\n\n1. ")
                .containsPattern(
                        "\\*\\*Waiting: 1 of 3 answered\\*\\* until \\w{3} \\d+ \\w{3} 20\\d\\d, \\d\\d:\\d\\d:\\d\\d"
                                + " Europe/Berlin\n")
                .contains("\n1. `person0@example.com`: mail sent, answered `Approve` ")
                .contains(", comment: `until 'May'`\n2. ")
                .contains("\n2. `person1@example.com`: mail failed: `550 no such user`, answer awaited\n")
                .contains("\n3. `person2@example.com`: mail sent, answer awaited\n");

        outside.callbackFailures.add(ApplicationFailure.newNonRetryableFailure("404", "FlowRefused"));
        answer(2, APPROVE);
        awaitState(CallbackStatus.FAILED);

        assertThat(details())
                .startsWith("`Holiday`, asked by `Boss`\n\n**Decided ")
                .contains(": `Approve`**", "Flow: **refused the answer**: `404`.");
        workflow.retryCallback(new Reason("fixed"));
        awaitEnd();
        assertThat(details()).endsWith("Flow: has been told\n");
    }

    @Test
    void theUiShowsThatFlowHadBeenAnsweredBefore() {
        outside.reached = new Reached("TOKEN_COMPLETED", null, true);
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        assertThat(details()).contains("Flow: **had already been answered**");
        assertThat(workflow.state().flowHadBeenAnswered()).isTrue();
        assertThat(workflow.state().flowSaid()).isEqualTo("TOKEN_COMPLETED");
    }

    @Test
    void theUiShowsThatFlowWaitsOn() {
        outside.reached = new Reached("WAIT", null, false);
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        assertThat(details()).contains("Flow: has been told and said `WAIT`");
    }

    @Test
    void flowIsToldByAnActivityThatIsRecordedWithTheEnd() {
        start(new Requests());
        answer(0, APPROVE);
        awaitEnd();

        List<HistoryEvent> events =
                temporal.getWorkflowClient().fetchHistory("decision-test").getEvents();
        HistoryEvent telling = events.stream()
                .filter(event -> event.getActivityTaskScheduledEventAttributes()
                        .getActivityType()
                        .getName()
                        .equals("CallBack"))
                .findFirst()
                .orElseThrow();
        long ending = telling.getActivityTaskScheduledEventAttributes().getWorkflowTaskCompletedEventId();
        assertThat(events.stream()
                        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED))
                .isNotEmpty()
                .allSatisfy(answer -> assertThat(answer.getEventId()).isLessThan(ending));
        assertThat(events.stream()
                        .filter(event -> event.getEventType() == EventType.EVENT_TYPE_MARKER_RECORDED)
                        .toList())
                .as("no local activity but the one that touches nothing outside")
                .extracting(HistoryEvent::getMarkerRecordedEventAttributes)
                .filteredOn(marker -> !marker.getMarkerName().equals("Version"))
                .isNotEmpty()
                .allSatisfy(marker -> assertThat(marker.getDetailsOrThrow("type")
                                .getPayloads(0)
                                .getData()
                                .toStringUtf8())
                        .isEqualTo("\"SignReceipt\""));
    }

    @Test
    void theUiTellsVisitsInTheRequestsTimeZone() {
        Instant first = Instant.parse("2026-11-28T10:00:00.597878557Z");
        start(new Requests());
        awaitSettledMails();
        workflow.decide(new Decide(0, 0, APPROVE, null, new Visits(4, first, first.plusSeconds(61)))
                .in(new Seal(true, "seal")));
        awaitEnd();

        assertThat(details())
                .contains("4 visits of this link before, from Sat 28 Nov 2026, 11:00:00 Europe/Berlin"
                        + " to Sat 28 Nov 2026, 11:01:01 Europe/Berlin");
    }

    @Test
    void whatPeopleWroteIsNoMarkupInTheUi() {
        assertThat(Markdown.literal("`![x](http://evil.example)\n\n# a_b"))
                .isEqualTo("`'![x](http://evil.example)  # a_b`");
    }

    private String details() {
        return stub().query("__temporal_workflow_metadata", WorkflowMetadata.class)
                .getCurrentDetails();
    }

    private void awaitState(CallbackStatus status) {
        Awaitility.await().until(() -> workflow.state().callback() == status);
    }
}
