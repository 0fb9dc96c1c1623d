package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.Decide.Visits;
import dev.flowmail.workflows.decision.DecisionState.Given;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What was seen of an answer, in words that claim no more than an appearance. */
final class Evidence {

    private Evidence() {}

    /**
     * Null when nothing was seen.
     *
     * @param time how times are told; those that it tells alike are told once
     */
    static @Nullable String of(Given given, Function<Instant, String> time) {
        List<String> seen = new ArrayList<>();
        Visits visits = given.visits();
        if (visits != null) {
            seen.add(visits(visits.count()) + " of this link before, " + when(visits, time));
        }
        Manner manner = given.manner();
        if (manner != null) {
            if (manner.sweeps() > 0) {
                seen.add(visits(manner.sweeps()) + " that look automatic: several links within 10 s");
            }
            if (manner.pageAge() != null) {
                seen.add("submitted " + manner.pageAge() + " s after the page was opened");
            }
            manner.marks().forEach(mark -> seen.add("looked automatic: " + mark));
        }
        return seen.isEmpty() ? null : String.join("; ", seen);
    }

    private static String when(Visits visits, Function<Instant, String> time) {
        String first = time.apply(visits.first());
        String last = time.apply(visits.last());
        return first.equals(last) ? "at " + first : "from " + first + " to " + last;
    }

    private static String visits(int count) {
        return count + (count == 1 ? " visit" : " visits");
    }
}
