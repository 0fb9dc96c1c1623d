package dev.flowmail.workflows.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The time in which the answer that decided can still be changed by whoever gave it. Flow is told when it is over. */
final class Hold {

    private final @Nullable Duration length;
    private int giver;
    private @Nullable Instant end;
    private @Nullable Ending standing;
    private boolean released;

    /** @param length null: nothing is held */
    Hold(@Nullable Duration length) {
        this.length = length;
    }

    boolean isWanted() {
        return length != null;
    }

    void begin(Ending decided) {
        giver = Objects.requireNonNull(decided.decidedBy());
        end = decided.at().plus(Objects.requireNonNull(length));
        standing = decided;
        released = false;
    }

    /** How the request ends unless the answer is changed; null while nothing is held. */
    @Nullable
    Ending standing() {
        return standing;
    }

    boolean isRunning() {
        return standing != null;
    }

    /** Whether it runs, and until that moment. */
    boolean runsUntil(Instant moment) {
        return isRunning() && moment.equals(end);
    }

    /** Index of the one person who may change their answer, and until when; null while nothing is held. */
    DecisionState.@Nullable Held snapshot() {
        return standing == null ? null : new DecisionState.Held(giver, end());
    }

    /** Of one that {@link #isRunning()}. */
    Instant end() {
        return Objects.requireNonNull(end);
    }

    /** Whether the answer is meant to replace the one that this participant gave, and may. */
    boolean admits(Decide answer, Participant author) {
        return isRunning()
                && !released
                && author.index() == giver
                && author.given().at().equals(answer.replaces())
                && author.given().outcome() != answer.outcome();
    }

    /** @param changed how the request ends now; null when it is open again, and the hold over with it */
    void stands(@Nullable Ending changed) {
        standing = changed;
    }

    void release() {
        released = true;
    }

    boolean isReleased() {
        return isRunning() && released;
    }
}
