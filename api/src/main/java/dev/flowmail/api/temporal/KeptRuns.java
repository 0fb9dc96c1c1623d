package dev.flowmail.api.temporal;

import dev.flowmail.api.temporal.MailboxRuns.Run;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** The runs of one kind that Temporal keeps, open and ended. One page of them, or of one history, is in memory at a time. */
interface KeptRuns {

    /** How many there are, about. */
    long count();

    void forEach(Consumer<Run> each);

    /** Whether a text that a run holds is one of these. */
    boolean anyMatch(Run run, Predicate<String> wanted);

    /** Deletes an ended run for good. The server does so soon after. */
    void delete(Run run);
}
