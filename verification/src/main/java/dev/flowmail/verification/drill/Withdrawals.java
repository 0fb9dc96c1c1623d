package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.verification.drill.Request.Kind;
import dev.flowmail.verification.operators.Operators;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.TemporalException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Operators who withdraw or cancel a request some time after it was accepted, and never give up. */
final class Withdrawals {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Operators operators;
    private final Tasks tasks;
    private final Chance chance;

    Withdrawals(Operators operators, Tasks tasks, Chance chance) {
        this.operators = operators;
        this.tasks = tasks;
        this.chance = chance;
    }

    /** Does nothing about requests that are not to be withdrawn. */
    void planFor(Request request, Flow flow) {
        if (request.kind() == Kind.WITHDRAWN) {
            boolean cancels = chance.ofOneIn(2);
            tasks.later(() -> withdraw(request, flow, cancels), chance.shorterThan(Request.LONGEST_THOUGHT_MILLIS));
        }
    }

    private void withdraw(Request request, Flow flow, boolean cancels) {
        try {
            Optional<String> decision = operators.decision(flow.stateId());
            if (decision.isPresent() && cancels) {
                operators.requestCancellation(decision.get());
                return;
            }
            if (decision.isPresent()) {
                operators.update(decision.get(), "withdraw", Map.of());
                request.withdraw();
                return;
            }
        } catch (WorkflowUpdateException | WorkflowNotFoundException over) {
            return;
        } catch (TemporalException | StatusRuntimeException down) {
            // operators try again too
        }
        tasks.later(() -> withdraw(request, flow, cancels), AGAIN);
    }
}
