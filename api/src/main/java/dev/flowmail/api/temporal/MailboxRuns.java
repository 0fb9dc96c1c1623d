package dev.flowmail.api.temporal;

import dev.flowmail.api.codec.PayloadTexts;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.temporal.payload.codec.PayloadCodecException;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/**
 * Looks through all that Temporal keeps of requests and plain mails, since nothing by which one could search is readable there.
 */
public final class MailboxRuns {

    private final KeptRuns requests;
    private final KeptRuns sends;

    public MailboxRuns(TemporalServer server, PayloadTexts texts) {
        this.requests = new KeptRequests(server, texts);
        this.sends = new KeptSends(server, texts);
    }

    /**
     * One run.
     *
     * @param isRequest a decision request, a workflow; else a standalone activity
     */
    public record Run(boolean isRequest, String id, String runId, Instant started, boolean isOpen) {}

    /** What became of a look at one run. */
    public enum Finding {
        NAMED,
        NOT_NAMED,
        /** It is encrypted with a key that is not here. */
        UNREADABLE
    }

    /** Told each run that was looked at. */
    @FunctionalInterface
    public interface Listener {
        void found(Run run, Finding finding);
    }

    /** How many runs a search will look at, about. */
    public long count() {
        return requests.count() + sends.count();
    }

    /**
     * Looks for runs that hold such a text.
     *
     * @throws StatusRuntimeException when the server does not answer, or refuses to
     */
    public void search(Predicate<String> wanted, Listener listener) {
        for (KeptRuns kept : List.of(requests, sends)) {
            kept.forEach(run -> listener.found(run, look(kept, run, wanted)));
        }
    }

    /** Retention may end while others are looked at. */
    private static Finding look(KeptRuns kept, Run run, Predicate<String> wanted) {
        try {
            return kept.anyMatch(run, wanted) ? Finding.NAMED : Finding.NOT_NAMED;
        } catch (PayloadCodecException unreadable) {
            return Finding.UNREADABLE;
        } catch (StatusRuntimeException failure) {
            if (failure.getStatus().getCode() == Status.Code.NOT_FOUND) {
                return Finding.NOT_NAMED;
            }
            throw failure;
        }
    }

    /**
     * Deletes an ended run for good. The server does so soon after.
     *
     * @throws StatusRuntimeException when the server refuses it
     */
    public void delete(Run run) {
        if (run.isOpen()) {
            throw new IllegalArgumentException("An open run is not deleted");
        }
        (run.isRequest() ? requests : sends).delete(run);
    }
}
