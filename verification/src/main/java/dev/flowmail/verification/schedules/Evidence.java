package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.Pause;
import dev.flowmail.verification.schedules.Facts.Sent;
import dev.flowmail.verification.schedules.Manners.OfMail;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.failure.TemporalException;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Gathers what became of a request, wherever one can look: in Temporal, at Flow, in the mails and on the pages. */
final class Evidence {
    /** Another schedule may have killed Flowmail, which answers queries. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Schedule schedule;
    private final Operators operators;
    private final Killer killer;
    private final FlowServer flow;
    private final MailServer mails;
    private final People people;
    private final Deeds deeds;

    Evidence(
            Schedule schedule,
            Operators operators,
            Killer killer,
            FlowServer flow,
            MailServer mails,
            People people,
            Deeds deeds) {
        this.schedule = schedule;
        this.operators = operators;
        this.killer = killer;
        this.flow = flow;
        this.mails = mails;
        this.people = people;
        this.deeds = deeds;
    }

    /**
     * Waits for a Flowmail that answers.
     *
     * @param decision the request's workflow id
     * @param accepted when Flowmail had accepted it
     * @param ended how Temporal says it ended
     */
    Facts gathered(String decision, Instant accepted, WorkflowExecutionStatus ended) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return facts(decision, accepted, ended);
            } catch (TemporalException | UncheckedIOException | PayloadCodecException down) {
                if (Instant.now().isAfter(end)) {
                    throw down;
                }
                killer.revive();
                Pause.millis(1_000);
            }
        }
    }

    private Facts facts(String decision, Instant accepted, WorkflowExecutionStatus ended) {
        Map<String, Page> pages = new HashMap<>();
        Stream.concat(deeds.heirs().stream(), schedule.addresses().stream())
                .forEach(address -> people.page(address).ifPresent(page -> pages.put(address, page)));
        return new Facts(
                schedule,
                accepted,
                flow.told().stream().sorted(Comparator.comparing(Told::at)).toList(),
                mails.mails().stream()
                        .map(mail -> new Sent(mail.begun(), mail.mail().recipient()))
                        .toList(),
                people.clicks(),
                deeds.withdrawn(),
                deeds.maybeWithdrawn(),
                deeds.released(),
                deeds.gaveAway(),
                IntStream.range(0, schedule.people())
                        .filter(person -> schedule.mails().get(person) == OfMail.REFUSES)
                        .mapToObj(Schedule::address)
                        .toList(),
                killer.killed(),
                deeds.resets(),
                ended.name().replace("WORKFLOW_EXECUTION_STATUS_", ""),
                operators.statusAttribute(decision),
                operators.statusesInHistory(decision),
                operators.currentDetails(decision),
                operators.state(decision),
                pages);
    }
}
