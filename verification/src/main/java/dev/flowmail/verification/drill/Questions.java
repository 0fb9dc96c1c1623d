package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.verification.drill.Request.Kind;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** What flows ask: requests of any kind, each of people whom nobody else asks. */
final class Questions {
    private static final List<Kind> KINDS = List.of(Kind.values());

    /** One request in so many carries a file and a text too long for a history. */
    private static final int LARGE = 4;

    private static final String LONG_TEXT = "Whatever happens.\n".repeat(2_500);

    private final FlowEngine engine;
    private final Chance chance;
    private final AtomicInteger people = new AtomicInteger();

    Questions(FlowEngine engine, Chance chance) {
        this.engine = engine;
        this.chance = chance;
    }

    /**
     * One request.
     *
     * @param isLarge whether it is to carry a file
     */
    record Question(Kind kind, List<String> recipients, ServiceRequest asked, boolean isLarge) {}

    Question any() {
        Kind kind = chance.oneOf(KINDS);
        boolean isLarge = chance.ofOneIn(LARGE);
        List<String> recipients =
                kind == Kind.BOTH || kind == Kind.RACE ? List.of(person(), person()) : List.of(person());
        return new Question(kind, recipients, asked(kind, recipients, isLarge), isLarge);
    }

    private ServiceRequest asked(Kind kind, List<String> recipients, boolean isLarge) {
        ServiceRequest asked = engine.request(kind == Kind.PLAIN ? Action.EMAIL : Action.DECISION)
                .from("flow@example.com", "Drill")
                .to(recipients.toArray(String[]::new))
                .subject("Drill")
                .body(isLarge ? LONG_TEXT : "Whatever happens.");
        return switch (kind) {
            case PLAIN -> asked;
            case BOTH -> withOutcomes(asked).text("Answers Needed", "all");
            case TIMEOUT, DEADLINE ->
                withOutcomes(asked).text("Timeout", Request.TIMEOUT.toString()).text("Timeout Outcome", Request.REJECT);
            default -> withOutcomes(asked);
        };
    }

    private static ServiceRequest withOutcomes(ServiceRequest asked) {
        return asked.outcomes(Request.APPROVE, Request.REJECT);
    }

    private String person() {
        return "person" + people.incrementAndGet() + "@example.com";
    }
}
