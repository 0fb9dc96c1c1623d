package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.schedules.Facts.Sent;
import dev.flowmail.verification.schedules.Manners.OfMail;
import dev.flowmail.verification.schedules.Step.Deed;
import dev.flowmail.verification.schedules.Step.Since;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.TemporalException;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;

/** One schedule as it is played. */
final class Play {
    /** A callback that a killed worker had begun is made again after a minute; a busy machine starts a Flowmail in another. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** How long to look for what should not come any more. */
    private static final Duration QUIET = Duration.ofMillis(2_500);

    private static final Duration ACCEPTING = Duration.ofSeconds(60);

    private final Schedule schedule;
    private final FlowmailProcess flowmail;
    private final Operators operators;
    private final Killer killer;
    private final ExecutorService threads;
    private final Journal journal = new Journal();
    private final Map<String, String> outcomes = new ConcurrentHashMap<>();
    private final MailServer mailServer;
    private final FlowServer flowServer;
    private final People people;
    private final List<CompletableFuture<Void>> running = new CopyOnWriteArrayList<>();
    private final CompletableFuture<String> decision = new CompletableFuture<>();
    private volatile Instant accepted = Instant.MAX;
    private final AtomicBoolean told = new AtomicBoolean();
    private final AtomicInteger withdrawn = new AtomicInteger();
    private final AtomicBoolean maybeWithdrawn = new AtomicBoolean();
    private final AtomicBoolean released = new AtomicBoolean();
    private final List<Instant> reset = new CopyOnWriteArrayList<>();
    private volatile boolean ended;
    private final List<String> gaveAway = new CopyOnWriteArrayList<>();
    private final List<String> heirs = new CopyOnWriteArrayList<>();

    /** What came of it: sentences that say what should not have, and what happened, for people. */
    record Result(Schedule schedule, String end, List<String> faults, String journal) {}

    Play(Schedule schedule, FlowmailProcess flowmail, Operators operators, Killer killer, ExecutorService threads) {
        this.schedule = schedule;
        this.flowmail = flowmail;
        this.operators = operators;
        this.killer = killer;
        this.threads = threads;
        Map<String, OfMail> manners = new HashMap<>();
        for (int person = 0; person < schedule.people(); person++) {
            manners.put(address(person), schedule.mails().get(person));
        }
        mailServer = new MailServer(manners, journal);
        flowServer = new FlowServer(schedule.flow(), outcomes, journal, this::whenTold);
        people = new People(mailServer, journal);
    }

    private static String address(int person) {
        return "person" + (person + 1) + "@example.com";
    }

    Result play() {
        try (mailServer;
                flowServer) {
            mailServer.start(threads);
            flowServer.start(threads);
            Flow flow = ask();
            find(flow.stateId());
            begin(Since.ACCEPTED, Duration.ZERO);
            begin(Since.DEADLINE, Duration.ofSeconds(schedule.timeoutSeconds()));
            openPages();
            watchForHold();
            WorkflowExecutionStatus ended = awaitEnd();
            Facts facts = patientlyGathered(ended);
            return new Result(schedule, facts.attribute(), Judge.judge(facts), journal.toString());
        } catch (RuntimeException e) {
            return new Result(schedule, "", List.of("it could not be played: " + e), journal.toString());
        }
    }

    private Flow ask() {
        FlowEngine engine = new FlowEngine(URI.create("http://127.0.0.1:" + flowServer.port()), mailServer.port());
        ServiceRequest request = engine.request(Action.DECISION)
                .from("flow@example.com", "Schedules")
                .to(IntStream.range(0, schedule.people())
                        .mapToObj(Play::address)
                        .toArray(String[]::new))
                .subject("Schedule " + schedule.number())
                .body("Whatever happens.")
                .outcomes(Schedule.APPROVE, Schedule.REJECT)
                .text("Confirmation", schedule.confirmation())
                .text("Answers Needed", Integer.toString(schedule.needed()))
                .text("Timeout", "PT" + schedule.timeoutSeconds() + "S");
        if (schedule.timeoutOutcome() != null) {
            request.text("Timeout Outcome", schedule.timeoutOutcome());
        }
        if (schedule.vetoed()) {
            request.text("Veto Outcome", Schedule.REJECT);
        }
        if (schedule.remindSeconds() > 0) {
            request.text("Remind Every", "PT" + schedule.remindSeconds() + "S");
        }
        if (schedule.holdSeconds() > 0) {
            request.text("Hold", "PT" + schedule.holdSeconds() + "S");
        }
        Flow flow = engine.begin(request);
        flow.outcomes().forEach(outcome -> outcomes.put(outcome.id(), outcome.label()));
        Instant end = Instant.now().plus(ACCEPTING);
        while (true) {
            try {
                Answer answer = engine.repeat(flowmail.connector(), flow).answered();
                if (answer.status() == 200) {
                    accepted = Instant.now();
                    journal.note("the request is accepted: " + answer.invokeType());
                    return flow;
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

    private void find(String stateId) {
        run(() -> {
            Instant end = Instant.now().plus(ACCEPTING);
            while (Instant.now().isBefore(end)) {
                listed(stateId).ifPresent(decision::complete);
                if (decision.isDone()) {
                    return;
                }
                Pause.millis(100);
            }
            decision.completeExceptionally(new IllegalStateException("Temporal does not list the request"));
        });
    }

    private Optional<String> listed(String stateId) {
        try {
            return operators.decision(stateId);
        } catch (RuntimeException busy) {
            return Optional.empty();
        }
    }

    private void openPages() {
        schedule.steps().stream()
                .filter(step -> step.deed() == Deed.CLICK)
                .forEach(step -> run(() -> people.open(address(step.person()), String.valueOf(step.outcome()))));
    }

    private void watchForHold() {
        if (schedule.holdSeconds() == 0) {
            return;
        }
        run(() -> {
            String id = decision.join();
            while (!told.get() && !ended) {
                if (giver(id).isPresent()) {
                    journal.note("it is held");
                    begin(Since.HELD, Duration.ZERO);
                    return;
                }
                Pause.millis(100);
            }
        });
    }

    /** Who may change what stands; empty where nothing is held, or nobody says. */
    private Optional<String> giver(String id) {
        try {
            JsonNode state = operators.state(id);
            JsonNode giver = state.path("held").path("giver");
            return giver.isNumber()
                    ? Optional.of(state.path("people")
                            .path(giver.asInt())
                            .path("mailbox")
                            .path("address")
                            .asString(""))
                    : Optional.empty();
        } catch (RuntimeException down) {
            return Optional.empty();
        }
    }

    private void whenTold() {
        if (told.compareAndSet(false, true)) {
            begin(Since.TOLD, Duration.ZERO);
        }
    }

    private void begin(Since since, Duration moment) {
        for (Step step : schedule.steps()) {
            if (step.since() == since) {
                long millis = Math.max(0, moment.toMillis() + step.millis());
                running.add(CompletableFuture.runAsync(
                        () -> perform(step),
                        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS, threads)));
            }
        }
    }

    private void run(Runnable task) {
        running.add(CompletableFuture.runAsync(task, threads));
    }

    private void perform(Step step) {
        String address = address(step.person());
        switch (step.deed()) {
            case CLICK -> people.click(address, String.valueOf(step.outcome()));
            case CHANGE -> people.change(giver(decision.join()).orElse(address));
            case LOOK -> people.look(address);
            case WITHDRAW -> withdraw();
            case CANCEL -> {
                maybeWithdrawn.set(true);
                act("CANCEL", operators::requestCancellation);
            }
            case EXTEND -> update("extend", Map.of("timeout", "PT" + Schedule.EXTENSION_SECONDS + "S"));
            case REASSIGN -> reassign(step.person(), address);
            case RESEND -> update("resend", Map.of("recipient", address));
            case RESEND_TO_ALL -> update("resend", Map.of());
            case RETRY_CALLBACK -> update("retryCallback", Map.of());
            case RELEASE -> release();
            case RESET -> reset();
            case EVICT -> act("EVICT", operators::evict);
            case KILL -> killer.kill(journal);
        }
    }

    private void withdraw() {
        switch (update("withdraw", Map.of("reason", "a schedule"))) {
            case DONE -> withdrawn.incrementAndGet();
            case REFUSED -> {}
            case UNKNOWN -> maybeWithdrawn.set(true);
        }
    }

    private void release() {
        if (update("release", Map.of("reason", "a schedule")) != Fate.REFUSED) {
            released.set(true);
        }
    }

    /** Not once Flow is told: the run that goes on would tell it again. */
    private void reset() {
        if (!told.get()) {
            act("RESET", operators::resetToLastTask);
            reset.add(Instant.now());
        }
    }

    private void reassign(int person, String from) {
        String heir = "heir" + (person + 1) + "@example.com";
        Fate fate = update("reassign", Map.of("from", from, "to", heir));
        if (fate != Fate.REFUSED) {
            gaveAway.add(from);
            heirs.add(heir);
            people.click(heir, Schedule.APPROVE);
        }
    }

    private enum Fate {
        DONE,
        REFUSED,
        UNKNOWN
    }

    private Fate update(String name, Map<String, String> input) {
        try {
            operators.update(decision.join(), name, input);
            journal.note(name + " is done");
            return Fate.DONE;
        } catch (WorkflowUpdateException | WorkflowNotFoundException refused) {
            journal.note(name + " is refused");
            return Fate.REFUSED;
        } catch (RuntimeException unknown) {
            journal.note(name + " may have been done: " + unknown.getMessage());
            return Fate.UNKNOWN;
        }
    }

    private void act(String what, Consumer<String> act) {
        try {
            act.accept(decision.join());
            journal.note(what);
        } catch (RuntimeException over) {
            journal.note(what + " is refused: " + over.getMessage());
        }
    }

    private WorkflowExecutionStatus awaitEnd() {
        Instant end = Instant.now().plus(PATIENCE);
        String id = decision.join();
        WorkflowExecutionStatus status = operators.runStatus(id);
        while (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("it has not ended within " + PATIENCE.toSeconds() + " s");
            }
            killer.revive();
            if (told.get() && operators.statusAttribute(id).equals("CallbackFailed")) {
                // what operators are told to do
                update("retryCallback", Map.of());
            }
            Pause.millis(300);
            status = operators.runStatus(id);
        }
        journal.note("Temporal says that the run is " + status);
        ended = true;
        Pause.millis(QUIET.toMillis());
        people.stopWaiting();
        running.forEach(CompletableFuture::join);
        return status;
    }

    /** Another schedule may have killed Flowmail, which answers queries. */
    private Facts patientlyGathered(WorkflowExecutionStatus ended) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                return facts(ended);
            } catch (TemporalException | UncheckedIOException | PayloadCodecException down) {
                if (Instant.now().isAfter(end)) {
                    throw down;
                }
                killer.revive();
                Pause.millis(1_000);
            }
        }
    }

    private Facts facts(WorkflowExecutionStatus ended) {
        String id = decision.join();
        Map<String, Page> pages = new HashMap<>();
        List<String> everybody = new ArrayList<>(heirs);
        IntStream.range(0, schedule.people()).mapToObj(Play::address).forEach(everybody::add);
        everybody.forEach(address -> people.page(address).ifPresent(page -> pages.put(address, page)));
        return new Facts(
                schedule,
                accepted,
                flowServer.told().stream()
                        .sorted(Comparator.comparing(Told::at))
                        .toList(),
                mailServer.mails().stream()
                        .map(mail -> new Sent(mail.begun(), mail.mail().recipient()))
                        .toList(),
                people.clicks(),
                withdrawn.get(),
                maybeWithdrawn.get(),
                released.get(),
                List.copyOf(gaveAway),
                IntStream.range(0, schedule.people())
                        .filter(person -> schedule.mails().get(person) == OfMail.REFUSES)
                        .mapToObj(Play::address)
                        .toList(),
                killer.killed(),
                List.copyOf(reset),
                ended.name().replace("WORKFLOW_EXECUTION_STATUS_", ""),
                operators.statusAttribute(id),
                operators.statusesInHistory(id),
                operators.currentDetails(id),
                operators.state(id),
                pages);
    }
}
