package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.receipt.MailHashes;
import io.temporal.workflow.CancellationScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One place in a request, who holds it, and how far they are. */
final class Participant {

    static final int MOST_GENERATIONS = 255;

    private final int place;
    private Mailbox mailbox;
    private int generation;
    private int mails;
    private MailStatus mail = MailStatus.SENDING;
    private boolean awaitsMail;
    private final List<MailHashes> mailed = new ArrayList<>();
    private @Nullable String mailError;
    private @Nullable CancellationScope sending;
    private @Nullable Given answer;
    private int signals;
    private int codes;
    private @Nullable FreshCode code;

    Participant(int place, Mailbox mailbox) {
        this.place = place;
        this.mailbox = mailbox;
    }

    int place() {
        return place;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    int generation() {
        return generation;
    }

    boolean hasAnswered() {
        return answer != null;
    }

    /** The answer of a participant who {@link #hasAnswered()}. */
    Given given() {
        return Objects.requireNonNull(answer);
    }

    boolean isBeingMailed() {
        return mail == MailStatus.SENDING;
    }

    boolean hasFailed() {
        return mail == MailStatus.FAILED;
    }

    /** Has not answered and still could. */
    boolean isOutstanding() {
        return answer == null && !hasFailed();
    }

    /** Has a mail and has not answered it. */
    boolean isWaitedFor() {
        return answer == null && mail == MailStatus.SENT;
    }

    boolean canBeReassigned() {
        return answer == null && generation < MOST_GENERATIONS;
    }

    void reassignTo(Mailbox newHolder) {
        mailbox = newHolder;
        generation++;
        mails = 0;
        mailed.clear();
        signals = 0;
        code = null;
    }

    /** A further mail of its own: its id differs, so no server takes it for a repeat. */
    void nextMail() {
        mails++;
    }

    /** Names the latest first mail to this holder of the place, the same on every attempt. */
    String mailId(String workflowId) {
        return workflowId + "/" + place + "." + generation + "/" + mails;
    }

    void markForMail() {
        awaitsMail = true;
        mail = MailStatus.SENDING;
        mailError = null;
    }

    boolean awaitsMail() {
        return awaitsMail;
    }

    void isMailedIn(CancellationScope scope) {
        sending = scope;
        awaitsMail = false;
    }

    void sent() {
        awaitsMail = false;
        mail = MailStatus.SENT;
        sending = null;
    }

    void failed(String error) {
        awaitsMail = false;
        mail = MailStatus.FAILED;
        mailError = error;
        sending = null;
    }

    /** Gives up a mail that is still being tried. */
    void stopSending() {
        if (sending != null) {
            sending.cancel();
            sending = null;
        }
    }

    /** What the present holder was mailed, in order; only what is known. */
    List<MailHashes> mailed() {
        return List.copyOf(mailed);
    }

    void wasMailed(MailHashes hashes) {
        mailed.add(hashes);
    }

    void countSignal() {
        signals++;
    }

    /** The fresh code that was mailed last; null when none was. */
    @Nullable
    FreshCode code() {
        return code;
    }

    void isToGet(FreshCode fresh) {
        code = fresh;
        codes++;
    }

    boolean awaitsCode() {
        return code != null && code.awaitsMail();
    }

    /** Names the mail with the latest fresh code, the same on every attempt. */
    String codeMailId(String workflowId) {
        return workflowId + "/" + place + "." + generation + "/code-" + codes;
    }

    void answers(Given given) {
        answer = given;
        // Whoever answered has the mail, whatever the mail server says of it later.
        sent();
    }

    Person snapshot() {
        return new Person(mailbox, generation, mail, mailError, answer, signals, code == null ? null : code.snapshot());
    }
}
