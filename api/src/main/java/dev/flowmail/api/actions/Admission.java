package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import java.util.function.Supplier;

/** Whether requests are accepted at the moment. */
@FunctionalInterface
public interface Admission {

    /**
     * Asked before anything is done for a request.
     *
     * @param requestId the id that it would have
     * @throws ProblemException 503 when it is new and nothing new is accepted
     */
    void demand(Supplier<String> requestId);
}
