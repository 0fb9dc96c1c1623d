package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.mail.Question;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request was last seen as, and whom its mails have just gone to. Times are nanoseconds of one clock. Not safe for several
 * threads.
 */
final class Seen {

    /** From a request's start to its mails, when many come at once. */
    static final Duration STARTING = Duration.ofMinutes(1);

    /** Who has just been mailed may be shown for this long what was seen before. */
    private static final Duration FRESH = Duration.ofSeconds(5);

    private final Map<Addressee, Long> mailed = new HashMap<>();
    private @Nullable DecisionState state;
    private long when;
    private boolean isSinceEnd;

    /** Whom a mail was addressed to. */
    private record Addressee(int recipient, int generation) {}

    /**
     * What may be shown to the link's person; null for nothing.
     *
     * @param longest how long ago it may have been seen
     */
    @Nullable
    DecisionState by(DecisionLink link, boolean endIsRecorded, Duration longest, long now) {
        if (state == null || !(waitsFor(state, link) || (endIsRecorded && isEnd(state)))) {
            return null;
        }
        Long itsMail = mailed.get(new Addressee(link.recipient(), link.generation()));
        boolean isRecent = now - when < longest.toNanos()
                || (itsMail != null && now - itsMail < FRESH.toNanos() && now - when < STARTING.toNanos());
        return isRecent ? state : null;
    }

    private boolean isEnd(DecisionState seen) {
        return seen.hasEnded() && (isSinceEnd || seen.callback() == CallbackStatus.REACHED);
    }

    private static boolean waitsFor(DecisionState state, DecisionLink link) {
        return !state.hasEnded()
                && Instant.now().isBefore(state.deadline())
                && new Viewpoint(state, link)
                        .person()
                        .filter(person -> person.answer() == null)
                        .isPresent();
    }

    /** @param sinceEnd whether it was seen after the request's end was recorded */
    void replace(DecisionState seen, long now, boolean sinceEnd) {
        state = seen;
        when = now;
        isSinceEnd = sinceEnd;
    }

    /** Somebody is being mailed: nobody can have used those links. */
    void mail(Question question, long now) {
        mailed.put(new Addressee(question.recipient(), question.generation()), now);
    }

    /** Flow has accepted the answer. */
    void reach(Reached reached, long now) {
        if (state != null && state.callback() == CallbackStatus.PENDING) {
            state = state.after(reached);
            when = now;
        }
    }

    /** It has ended: what was seen open is over. */
    void forgetOpen() {
        if (state != null && !state.hasEnded()) {
            state = null;
        }
    }

    void forget() {
        state = null;
        mailed.clear();
    }
}
