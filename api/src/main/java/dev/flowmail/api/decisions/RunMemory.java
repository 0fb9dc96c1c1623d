package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Question;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What was seen of one request. Times are nanoseconds of one clock, which each caller reads. Safe for several threads. */
final class RunMemory {

    private final Seen seen = new Seen();
    private final ComingEnd end = new ComingEnd();
    private int moves;
    private boolean endIsRecorded;
    private @Nullable Look shared;
    private @Nullable Decide received;

    /** The last that Temporal has taken of this process, unless the request has been asked about since. */
    private @Nullable Decide accepted;

    private long acceptedAt;

    /** What may be shown to the link's person without asking, as it was seen at most this long ago; null for nothing. */
    synchronized @Nullable DecisionState known(DecisionLink link, Duration longest, long now) {
        return seen.by(link, endIsRecorded, longest, now);
    }

    synchronized Look begin(long now) {
        return new Look(now, moves, endIsRecorded);
    }

    /** Whose answer is to be awaited: this look's, or that of one that others have begun since the last move. */
    synchronized Look share(Look look) {
        if (shared == null) {
            shared = look;
        }
        return shared;
    }

    synchronized void replaceShared(Look look) {
        shared = look;
    }

    synchronized void unshare(Look look) {
        if (shared == look) {
            shared = null;
        }
    }

    /** Notes what a look was answered, unless something has come to the request meanwhile. */
    synchronized Standing keep(Look look, Standing standing) {
        if (look.moves() == moves
                && standing instanceof Told told
                && (told.state().hasEnded() || !endIsRecorded)) {
            seen.replace(told.state(), look.begun(), look.isAfterEnd());
            accepted = null;
        }
        return standing;
    }

    synchronized void begins(DecisionState first, long now) {
        seen.replace(first, now, false);
    }

    synchronized void mails(Question question, long now) {
        seen.mail(question, now);
    }

    synchronized void plays() {
        end.expect();
    }

    synchronized void leaves() {
        end.giveUp();
    }

    /** The end that is to come; null where this process would not know. */
    synchronized @Nullable CompletableFuture<DecisionState> end() {
        return end.awaited();
    }

    /** The end that is to come of an answer; null where none has come, something has come since, or this process would not know. */
    synchronized @Nullable CompletableFuture<DecisionState> endOfAnswer() {
        return received == null ? null : end.awaited();
    }

    /** The end that is to come of what the link's person has answered within a time; null where nothing is known of one. */
    synchronized @Nullable CompletableFuture<DecisionState> endOfAnswerOf(
            DecisionLink link, Duration longest, long now) {
        return hasAnswerOf(link, longest, now) ? end.awaited() : null;
    }

    /** Whether Temporal has taken an answer of the link's person within a time, of which nothing more is known. */
    synchronized boolean hasAnswerOf(DecisionLink link, Duration longest, long now) {
        return accepted != null
                && accepted.recipient() == link.recipient()
                && accepted.generation() == link.generation()
                && now - acceptedAt < longest.toNanos();
    }

    synchronized void accepts(Decide answer, long now) {
        accepted = answer;
        acceptedAt = now;
    }

    synchronized void receives(Decide answer) {
        moves();
        // as it was handed over
        received = answer.in(null);
    }

    /** What has been seen since the answer came holds. */
    synchronized void handsOver(Decide answer) {
        if (!answer.equals(received)) {
            moves();
        }
    }

    synchronized void concludes(LateAnswer answer, DecisionState concluded) {
        end.conclude(answer, concluded);
    }

    synchronized void ends(LateAnswer answer, long now) {
        endIsRecorded = true;
        shared = null;
        DecisionState concluded = end.record(answer);
        if (concluded != null) {
            seen.replace(concluded, now, true);
        } else {
            seen.forgetOpen();
        }
    }

    synchronized void reaches(Reached reached, long now) {
        if (endIsRecorded) {
            seen.reach(reached, now);
        }
    }

    synchronized void moves() {
        moves++;
        endIsRecorded = false;
        seen.forget();
        if (shared != null && !shared.awaitsEnd()) {
            shared = null;
        }
        received = null;
        end.reopen();
    }
}
