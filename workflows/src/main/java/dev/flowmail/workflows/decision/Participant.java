package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One of those who are asked, by index: who it is now, how far their mail is, what they answered. */
final class Participant {

    static final int MOST_GENERATIONS = 255;

    private final int index;
    private final Mailing mailing = new Mailing();
    private Mailbox mailbox;
    private int generation;
    private @Nullable Given answer;
    private int signals;
    private int codes;
    private @Nullable FreshCode code;

    Participant(int index, Mailbox mailbox) {
        this.index = index;
        this.mailbox = mailbox;
    }

    int index() {
        return index;
    }

    Mailbox mailbox() {
        return mailbox;
    }

    int generation() {
        return generation;
    }

    Mailing mailing() {
        return mailing;
    }

    boolean hasAnswered() {
        return answer != null;
    }

    /** The answer of a participant who {@link #hasAnswered()}. */
    Given given() {
        return Objects.requireNonNull(answer);
    }

    boolean isBeingMailed() {
        return mailing.isOnItsWay();
    }

    boolean hasFailed() {
        return mailing.hasFailed();
    }

    /** Has not answered and still could. */
    boolean isOutstanding() {
        return answer == null && !mailing.hasFailed();
    }

    /** Has a mail and has not answered it. */
    boolean isWaitedFor() {
        return answer == null && mailing.isSent();
    }

    boolean canBeReassigned() {
        return answer == null && generation < MOST_GENERATIONS;
    }

    void reassignTo(Mailbox newHolder) {
        mailbox = newHolder;
        generation++;
        mailing.beginsAnew();
        signals = 0;
        code = null;
    }

    /** Names the latest first mail to this holder, the same on every attempt. */
    String mailId() {
        return place() + mailing.number();
    }

    /** Names the mail with the latest fresh code, the same on every attempt. */
    String codeMailId() {
        return place() + "code-" + codes;
    }

    private String place() {
        return Run.id() + "/" + index + "." + generation + "/";
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

    void answers(Given given) {
        answer = given;
        // Whoever answered has the mail, whatever the mail server says of it later.
        mailing.sent();
    }

    Person snapshot() {
        return new Person(
                mailbox,
                generation,
                mailing.status(),
                mailing.error(),
                answer,
                signals,
                code == null ? null : code.snapshot());
    }
}
