package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Pause;
import dev.flowmail.verification.schedules.Manners.OfMail;
import dev.flowmail.verification.schedules.Step.Deed;
import dev.flowmail.verification.schedules.Step.Since;
import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;

/** One schedule as it is played. */
final class Play {
    /** A callback that a killed worker had begun is made again after a minute; a busy machine starts a Flowmail in another. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    /** How long to look for what should not come any more. */
    private static final Duration QUIET = Duration.ofMillis(2_500);

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
    private final Deeds deeds;
    private final Script script;
    private final Decision decision;
    private volatile Instant accepted = Instant.MAX;
    private final AtomicBoolean told = new AtomicBoolean();
    private volatile boolean ended;

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
            manners.put(Schedule.address(person), schedule.mails().get(person));
        }
        mailServer = new MailServer(manners, journal);
        flowServer = new FlowServer(schedule.flow(), outcomes, journal, this::whenTold);
        people = new People(mailServer, journal);
        decision = new Decision(operators, journal);
        deeds = new Deeds(decision, people);
        script = new Script(schedule.steps(), this::perform, threads);
    }

    Result play() {
        try (mailServer;
                flowServer) {
            mailServer.start(threads);
            flowServer.start(threads);
            Flow flow = ask();
            script.run(() -> decision.find(flow.stateId()));
            script.begin(Since.ACCEPTED, Duration.ZERO);
            script.begin(Since.DEADLINE, Duration.ofSeconds(schedule.timeoutSeconds()));
            openPages();
            watchForHold();
            WorkflowExecutionStatus ended = awaitEnd();
            Facts facts = new Evidence(schedule, operators, killer, flowServer, mailServer, people, deeds)
                    .gathered(decision.id(), accepted, ended);
            return new Result(schedule, facts.attribute(), Judge.judge(facts), journal.toString());
        } catch (RuntimeException e) {
            return new Result(schedule, "", List.of("it could not be played: " + e), journal.toString());
        }
    }

    private Flow ask() {
        FlowEngine engine = new FlowEngine(URI.create("http://127.0.0.1:" + flowServer.port()), mailServer.port());
        Asking asking = new Asking(engine, schedule);
        Flow flow = asking.begin();
        flow.outcomes().forEach(outcome -> outcomes.put(outcome.id(), outcome.label()));
        Answer answer = asking.send(flow, flowmail);
        accepted = Instant.now();
        journal.note("the request is accepted: " + answer.invokeType());
        return flow;
    }

    private void openPages() {
        schedule.steps().stream()
                .filter(step -> step.deed() == Deed.CLICK)
                .forEach(step ->
                        script.run(() -> people.open(Schedule.address(step.person()), String.valueOf(step.outcome()))));
    }

    private void watchForHold() {
        if (schedule.holdSeconds() == 0) {
            return;
        }
        script.run(() -> {
            while (!told.get() && !ended) {
                if (decision.giver().isPresent()) {
                    journal.note("it is held");
                    script.begin(Since.HELD, Duration.ZERO);
                    return;
                }
                Pause.millis(100);
            }
        });
    }

    private void whenTold() {
        if (told.compareAndSet(false, true)) {
            script.begin(Since.TOLD, Duration.ZERO);
        }
    }

    private void perform(Step step) {
        String address = Schedule.address(step.person());
        switch (step.deed()) {
            case CLICK -> people.click(address, String.valueOf(step.outcome()));
            case CHANGE -> people.change(decision.giver().orElse(address));
            case LOOK -> people.look(address);
            case WITHDRAW -> deeds.withdraw();
            case CANCEL -> deeds.cancel();
            case EXTEND -> deeds.extend();
            case REASSIGN -> deeds.reassign(step.person(), address);
            case RESEND -> deeds.resend(address);
            case RESEND_TO_ALL -> deeds.resendToAll();
            case RETRY_CALLBACK -> deeds.retryCallback();
            case RELEASE -> deeds.release();
            case RESET -> {
                if (!told.get()) {
                    deeds.reset();
                }
            }
            case EVICT -> deeds.evict();
            case KILL -> killer.kill(journal);
        }
    }

    private WorkflowExecutionStatus awaitEnd() {
        Instant end = Instant.now().plus(PATIENCE);
        String id = decision.id();
        WorkflowExecutionStatus status = operators.runStatus(id);
        while (status == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("it has not ended within " + PATIENCE.toSeconds() + " s");
            }
            killer.revive();
            if (told.get() && operators.statusAttribute(id).equals("CallbackFailed")) {
                // what operators are told to do
                deeds.retryCallback();
            }
            Pause.millis(300);
            status = operators.runStatus(id);
        }
        journal.note("Temporal says that the run is " + status);
        ended = true;
        Pause.millis(QUIET.toMillis());
        people.stopWaiting();
        script.awaitEnd();
        return status;
    }
}
