package dev.flowmail.api.drain;

import dev.flowmail.api.actions.Admission;
import dev.flowmail.api.problems.ProblemException;
import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Lets nothing new in while Flowmail is drained. What Flow asks again is answered as before: it was accepted. */
public final class DrainedAdmission implements Admission {

    /** Another replica takes it, or an operator ends the drain: no machine is back sooner. */
    private static final Duration TRY_AGAIN = Duration.ofSeconds(30);

    private final Drain drain;
    private final Predicate<String> accepted;

    /** @param accepted whether a request of this id was accepted before */
    public DrainedAdmission(Drain drain, Predicate<String> accepted) {
        this.drain = drain;
        this.accepted = accepted;
    }

    @Override
    public void demand(Supplier<String> requestId) {
        if (drain.isOn() && !accepted.test(requestId.get())) {
            throw ProblemException.unavailable(
                    "Flowmail takes no new requests at the moment, since an operator has drained it: nothing was accepted,"
                            + " try again later.",
                    TRY_AGAIN);
        }
    }
}
