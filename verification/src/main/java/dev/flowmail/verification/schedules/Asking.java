package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Pause;
import java.time.Duration;
import java.time.Instant;
import org.springframework.web.client.ResourceAccessException;

/** Asks for the decision of a schedule, as often as it takes until Flowmail accepts it. */
final class Asking {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final FlowEngine engine;
    private final Schedule schedule;

    Asking(FlowEngine engine, Schedule schedule) {
        this.engine = engine;
        this.schedule = schedule;
    }

    /** The flow that asks, which Flowmail does not know yet. */
    Flow begin() {
        ServiceRequest request = engine.request(Action.DECISION)
                .from("flow@example.com", "Schedules")
                .to(schedule.addresses().toArray(String[]::new))
                .subject("Schedule " + schedule.number())
                .body("Whatever happens.")
                .outcomes(Schedule.APPROVE, Schedule.REJECT)
                .text("Confirmation", schedule.confirmation())
                .text("Answers Needed", Integer.toString(schedule.needed()))
                .text("Timeout", seconds(schedule.timeoutSeconds()));
        if (schedule.timeoutOutcome() != null) {
            request.text("Timeout Outcome", schedule.timeoutOutcome());
        }
        if (schedule.vetoed()) {
            request.text("Veto Outcome", Schedule.REJECT);
        }
        if (schedule.remindSeconds() > 0) {
            request.text("Remind Every", seconds(schedule.remindSeconds()));
        }
        if (schedule.holdSeconds() > 0) {
            request.text("Hold", seconds(schedule.holdSeconds()));
        }
        return engine.begin(request);
    }

    private static String seconds(int count) {
        return Duration.ofSeconds(count).toString();
    }

    /** Returns the accepting answer. */
    Answer send(Flow flow, FlowmailProcess flowmail) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                Answer answer = engine.repeat(flowmail.connector(), flow).answered();
                if (answer.status() == 200) {
                    return answer;
                }
                if ((answer.status() != 503 && answer.status() != 429)
                        || Instant.now().isAfter(end)) {
                    throw new IllegalStateException("it was answered " + answer.status() + " " + answer.body());
                }
            } catch (ResourceAccessException down) {
                if (Instant.now().isAfter(end)) {
                    throw down;
                }
            }
            Pause.millis(200);
        }
    }
}
