package dev.flowmail.api.temporal;

import com.google.protobuf.ByteString;
import dev.flowmail.api.temporal.MailboxRuns.Run;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The runs of one kind that Temporal keeps, open and ended. One page of them, or of one history, is in memory at a time. */
interface KeptRuns {

    /** How many there are, about. */
    long count();

    void forEach(Consumer<Run> each);

    /** Whether a text that a run holds is one of these. */
    boolean anyMatch(Run run, Predicate<String> wanted);

    /** Deletes an ended run for good. The server does so soon after. */
    void delete(Run run);

    /**
     * Asks for one page after the other.
     *
     * @param ask for the page of a token, the first one's being empty; returns the token of the next, empty after the last
     */
    static void eachPage(UnaryOperator<ByteString> ask) {
        ByteString page = ByteString.EMPTY;
        do {
            page = ask.apply(page);
        } while (!page.isEmpty());
    }
}
