package dev.flowmail.workflows.decision;

import static dev.flowmail.workflows.decision.Requests.APPROVE;
import static dev.flowmail.workflows.decision.Requests.REJECT;
import static dev.flowmail.workflows.decision.Requests.address;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.decision.Decide.Fresh;
import dev.flowmail.workflows.decision.Decide.Proof;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.Question;
import io.temporal.api.sdk.v1.WorkflowMetadata;
import io.temporal.client.WorkflowStub;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Answers that need a fresh code, or the code from the mail. */
@Timeout(60)
class ProofTest extends OneDecision {

    private int signals;

    @Test
    void anAnswerWithoutACodeMailsOneAndTheRightOneDecides() {
        start(new Requests().proof(APPROVE));

        ask(APPROVE, "nonce-1", "hash-1");

        awaitMails(2);
        Mail mail = outside.mails.get(1);
        assertThat(mail.to().get(0).address()).isEqualTo(address(0));
        Question question = Objects.requireNonNull(mail.question());
        assertThat(question.code()).isEqualTo(new Question.Code("nonce-1", APPROVE));
        assertThat(question.outcomes()).containsExactly("Approve");
        assertThat(answer()).isNull();

        type(APPROVE, "hash-2");
        assertThat(answer()).isNull();
        type(APPROVE, "hash-1");

        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-approve");
        assertThat(outside.receipts.get(0).answers().get(0).method()).isEqualTo("proof");
    }

    @Test
    void otherOutcomesNeedNone() {
        start(new Requests().proof(APPROVE));

        workflow.decide(Requests.answer(0, REJECT));

        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
    }

    @Test
    void aMinuteLiesBetweenTwoCodesAndTheFirstIsThenVoid() {
        start(new Requests().proof(APPROVE, REJECT));
        ask(APPROVE, "nonce-1", "hash-1");
        ask(REJECT, "nonce-2", "hash-2");
        ask(APPROVE, "nonce-3", "hash-3");
        awaitMails(2);

        temporal.sleep(Duration.ofSeconds(61));
        ask(REJECT, "nonce-4", "hash-4");

        awaitMails(3);
        assertThat(outside.mails.get(2).id()).isNotEqualTo(outside.mails.get(1).id());
        type(APPROVE, "hash-1");
        type(APPROVE, "hash-4");
        assertThat(answer()).as("it is for the other outcome").isNull();
        type(REJECT, "hash-4");
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-reject");
    }

    @Test
    void fiveWrongOnesVoidIt() {
        start(new Requests().proof(APPROVE));
        ask(APPROVE, "nonce-1", "hash-1");
        awaitMails(2);
        for (int attempt = 0; attempt < 5; attempt++) {
            type(APPROVE, "wrong");
        }

        type(APPROVE, "hash-1");

        assertThat(answer()).isNull();
        assertThat(Objects.requireNonNull(person().code()).wrong()).isEqualTo(5);
        temporal.sleep(Duration.ofSeconds(61));
        ask(APPROVE, "nonce-2", "hash-2");
        awaitMails(3);
        type(APPROVE, "hash-2");
        awaitEnd();
        assertThat(outside.chosen()).isEqualTo("id-approve");
    }

    @Test
    void afterTenMinutesItIsVoid() {
        start(new Requests().proof(APPROVE));
        ask(APPROVE, "nonce-1", "hash-1");
        awaitMails(2);
        temporal.sleep(Duration.ofMinutes(10));

        type(APPROVE, "hash-1");

        assertThat(answer()).isNull();
    }

    @Test
    void theNextHolderOfAPlaceCannotUseIt() {
        start(new Requests().proof(APPROVE));
        ask(APPROVE, "nonce-1", "hash-1");
        awaitMails(2);
        workflow.reassign(new Reassignment(address(0), "other@example.com", null));
        awaitMails(3);

        workflow.decide(new Decide(0, 1, APPROVE, null, null, null, null, new Proof("hash-1", null), null).in(seal()));

        assertThat(answer()).isNull();
    }

    @Test
    void anAnswerOfAProcessThatKnewOfNoNeedIsNotRecorded() {
        start(new Requests().proof(APPROVE));

        workflow.decide(Requests.answer(0, APPROVE));

        assertThat(answer()).isNull();
        assertThat(outside.mails).hasSize(1);
    }

    @Test
    void whoHasAnsweredIsMailedNone() {
        super.start(new Requests().recipients(2).answersNeeded(2, null).proof(APPROVE));
        awaitMails(2);
        workflow.decide(Requests.answer(0, REJECT));

        ask(APPROVE, "nonce-1", "hash-1");

        workflow.decide(Requests.answer(1, REJECT));
        awaitEnd();
        assertThat(outside.mails).hasSize(2);
    }

    @Test
    void underCodeAnAnswerWithoutItIsNotRecorded() {
        start(new Requests().confirmation(Confirmation.CODE));

        workflow.decide(Requests.answer(0, APPROVE));
        workflow.decide(given(new Manner(Manner.BUTTON, 3L, 0, List.of())));
        assertThat(answer()).isNull();
        workflow.decide(given(new Manner(Manner.CODE, 3L, 4, List.of("no button was pressed"))));

        awaitEnd();
        assertThat(WorkflowStub.fromTyped(workflow)
                        .query("__temporal_workflow_metadata", WorkflowMetadata.class)
                        .getCurrentDetails())
                .contains(" by code (4 visits that look automatic");
        assertThat(outside.receipts.get(0).answers().get(0).method()).isEqualTo("code");
        assertThat(outside.receipts.get(0).answers().get(0).seen())
                .isEqualTo("4 visits that look automatic: several links within 10 s; submitted 3 s after the page was"
                        + " opened; looked automatic: no button was pressed");
    }

    private Decide given(Manner manner) {
        return new Decide(0, 0, APPROVE, null, null, null, manner, null, null).in(seal());
    }

    @Override
    void start(Requests request) {
        super.start(request);
        awaitMails(1);
    }

    private void ask(int outcome, String nonce, String hash) {
        decide(outcome, new Proof(null, new Fresh(nonce, hash)));
    }

    private void type(int outcome, String hash) {
        decide(outcome, new Proof(hash, null));
    }

    private void decide(int outcome, Proof proof) {
        workflow.decide(
                new Decide(0, 0, outcome, null, null, null, new Manner(Manner.PROOF, null, 0, List.of()), proof, null)
                        .in(seal()));
    }

    private Seal seal() {
        signals++;
        return new Seal(true, "seal-" + signals);
    }

    private DecisionState.@Nullable Given answer() {
        return person().answer();
    }

    private DecisionState.Person person() {
        return workflow.state().people().get(0);
    }
}
