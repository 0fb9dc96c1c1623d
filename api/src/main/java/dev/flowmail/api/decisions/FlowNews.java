package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import java.time.Duration;
import java.util.function.Supplier;

/** Lets whoever has just answered wait a moment for what Flow says. */
record FlowNews(Callbacks callbacks) {

    /** Whoever clicked wants to go on. */
    private static final Duration FLOW_IS_TOLD = Duration.ofSeconds(1);

    /** Where the page leads into the flow by itself there is more to wait for than a sentence. */
    private static final Duration WAY_BACK_IS_KNOWN = Duration.ofSeconds(2);

    /**
     * Temporal has the end, and Flow is being told of it, most often by this process: it need not be asked again. Only who has
     * answered waits, and only while there is something to wait for.
     *
     * @param look asks the workflow once more
     * @return the state with what Flow has said, where that came in time
     */
    DecisionState await(DecisionState state, DecisionLink link, Supplier<Standing> look) {
        boolean hasAnswered = new Viewpoint(state, link).answer().isPresent();
        return hasAnswered && state.callback() == CallbackStatus.PENDING
                ? callbacks
                        .await(link.workflowId(), PageContents.goesOn(state) ? WAY_BACK_IS_KNOWN : FLOW_IS_TOLD)
                        .map(state::after)
                        .orElseGet(() -> PageContents.goesOn(state) ? onceMore(state, look) : state)
                : state;
    }

    /** Another replica may have told Flow: only the workflow knows. */
    private DecisionState onceMore(DecisionState state, Supplier<Standing> look) {
        try {
            return look.get() instanceof Told told ? told.state() : state;
        } catch (ProblemException unreachable) {
            return state;
        }
    }
}
