package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.receipt.MailHashes;
import io.temporal.workflow.CancellationScope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mail that asks one participant: whether it is to be sent, what became of it, what it was. */
final class Mailing {

    private MailStatus status = MailStatus.SENDING;
    private boolean isDue;
    private int number;
    private @Nullable String error;
    private @Nullable CancellationScope running;
    private final List<MailHashes> hashes = new ArrayList<>();

    MailStatus status() {
        return status;
    }

    /** Why it failed; null when it has not since it was last wanted. */
    @Nullable
    String error() {
        return error;
    }

    boolean isOnItsWay() {
        return status == MailStatus.SENDING;
    }

    boolean hasFailed() {
        return status == MailStatus.FAILED;
    }

    boolean isSent() {
        return status == MailStatus.SENT;
    }

    /** It is to be sent, if need be again. */
    void isWanted() {
        isDue = true;
        status = MailStatus.SENDING;
        error = null;
    }

    /** Whether it is to be sent and has not been scheduled yet. */
    boolean isDue() {
        return isDue;
    }

    void isRunningIn(CancellationScope scope) {
        running = scope;
        isDue = false;
    }

    void sent() {
        settled(MailStatus.SENT);
    }

    void failed(String why) {
        error = why;
        settled(MailStatus.FAILED);
    }

    private void settled(MailStatus end) {
        isDue = false;
        status = end;
        running = null;
    }

    /** Gives up a mail that is still being tried. */
    void stop() {
        if (running != null) {
            running.cancel();
            running = null;
        }
    }

    /** How many mails of their own the present holder was to get before this one. */
    int number() {
        return number;
    }

    /** The next one is a further mail of its own: its id differs, so no server takes it for a repeat. */
    void isAnother() {
        number++;
    }

    /** Somebody else is asked from now on. */
    void beginsAnew() {
        number = 0;
        hashes.clear();
    }

    /** What the present holder was mailed, in order; only what is known. */
    List<MailHashes> hashes() {
        return List.copyOf(hashes);
    }

    void keep(MailHashes mailed) {
        hashes.add(mailed);
    }
}
