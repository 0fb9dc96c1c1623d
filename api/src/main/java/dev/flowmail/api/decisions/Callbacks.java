package dev.flowmail.api.decisions;

import dev.flowmail.workflows.callback.Reached;
import java.time.Duration;
import java.util.Optional;

/** What this process knows of callbacks to Flow that it makes itself. */
public interface Callbacks {

    /** Waits until Flow has accepted a request's answer; empty when an attempt failed, or time is up. */
    Optional<Reached> await(String workflowId, Duration patience);
}
