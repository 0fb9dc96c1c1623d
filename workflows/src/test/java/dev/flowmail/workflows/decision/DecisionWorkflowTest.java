package dev.flowmail.workflows.decision;

import static dev.flowmail.workflows.decision.Requests.APPROVE;
import static dev.flowmail.workflows.decision.Requests.EXPIRED;
import static dev.flowmail.workflows.decision.Requests.REJECT;
import static dev.flowmail.workflows.decision.Requests.address;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Letter;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import dev.flowmail.workflows.mail.Question.Agreement;
import dev.flowmail.workflows.mail.Question.Tone;
import io.temporal.client.WorkflowFailedException;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is mailed, whose answers count, and how requests end. Days in milliseconds: the test server skips time. */
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
    void anAnswerBeforeTheFirstTaskCounts() {
        answerBeforeTheFirstTask(
                new Requests().recipients(2),
                Requests.answer(0, APPROVE),
                waiting -> WorkflowStub.fromTyped(waiting).getResult(Void.class));

        assertThat(outside.chosen()).isEqualTo("id-approve");
        assertThat(outside.mails).as("nobody is mailed after the end").isEmpty();
    }

    @Test
    void ofAVeryLongCommentTheBeginningIsKept() {
        start(new Requests());
        awaitSettledMails();

        workflow.decide(new Decide(0, 0, APPROVE, "x".repeat(100_000), null).in(new Seal(true, "seal")));

        awaitEnd();
        assertThat(outside.onlyAnswer().comment()).hasSizeBetween(1_000, 10_000);
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
}
