package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.mail.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What was seen of one request. Times are nanoseconds of one clock, which each caller reads. Safe for several threads. */
final class RunMemory {

    /** From a request's start to its mails, when many come at once. */
    static final Duration STARTING = Duration.ofMinutes(1);

    /** Who has just been mailed may be shown for this long what was seen before. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Map<Addressee, Long> mailed = new HashMap<>();
    private final ComingEnd end = new ComingEnd();
    private @Nullable DecisionState state;
    private long seen;
    private int moves;
    private boolean endIsRecorded;
    private boolean isSeenSinceEnd;
    private @Nullable Look shared;
    private @Nullable Decide received;

    /** Whom a mail was addressed to. */
    private record Addressee(int recipient, int generation) {}

    /** What may be shown to the link's person without asking, as it was seen at most this long ago; null for nothing. */
    synchronized @Nullable DecisionState known(DecisionLink link, Duration longest, long now) {
        if (state == null || !(waitsFor(state, link) || isKnownToHaveEnded(state))) {
            return null;
        }
        Long itsMail = mailed.get(new Addressee(link.recipient(), link.generation()));
        boolean isRecent = now - seen < longest.toNanos()
                || (itsMail != null && now - itsMail < FRESH.toNanos() && now - seen < STARTING.toNanos());
        return isRecent ? state : null;
    }

    private boolean isKnownToHaveEnded(DecisionState seenState) {
        return endIsRecorded
                && seenState.hasEnded()
                && (isSeenSinceEnd || seenState.callback() == CallbackStatus.REACHED);
    }

    private static boolean waitsFor(DecisionState state, DecisionLink link) {
        return !state.hasEnded()
                && Instant.now().isBefore(state.deadline())
                && new Viewpoint(state, link)
                        .person()
                        .filter(person -> person.answer() == null)
                        .isPresent();
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
            see(told.state(), look.begun());
            isSeenSinceEnd = look.isAfterEnd();
        }
        return standing;
    }

    private void see(DecisionState current, long when) {
        state = current;
        seen = when;
    }

    synchronized void begins(DecisionState first, long now) {
        see(first, now);
    }

    synchronized void mails(Question question, long now) {
        mailed.put(new Addressee(question.recipient(), question.generation()), now);
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
            see(concluded, now);
            isSeenSinceEnd = true;
        } else if (state != null && !state.hasEnded()) {
            state = null;
        }
    }

    synchronized void reaches(Reached reached, long now) {
        if (endIsRecorded && state != null && state.callback() == CallbackStatus.PENDING) {
            see(state.after(reached), now);
        }
    }

    synchronized void moves() {
        moves++;
        endIsRecorded = false;
        state = null;
        mailed.clear();
        if (shared != null && !shared.awaitsEnd()) {
            shared = null;
        }
        received = null;
        end.reopen();
    }
}
