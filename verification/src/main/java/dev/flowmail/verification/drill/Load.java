package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.inbox.ReceivedMail.AttachedFile;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import dev.flowmail.verification.drill.Request.Kind;
import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.FlowmailProcess;
import io.grpc.StatusRuntimeException;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.client.WorkflowUpdateException;
import io.temporal.failure.TemporalException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;

/**
 * Flows and recipients that never give up: a request is sent again, to any replica, until it is accepted, and an answer until
 * its page says what became of it. Nobody answers sooner or later than within half a minute of the mail.
 */
final class Load implements AutoCloseable {
    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final int LONGEST_THOUGHT_MILLIS = 25_000;
    private static final int TIMEOUT_MILLIS = 20_000;
    private static final String TIMEOUT = "PT20S";

    /** So far around a deadline clicks fall. */
    private static final int RACE_MILLIS = 800;

    /** Enough for all that waits while something hangs: who is not served must not keep the others from asking. */
    private static final int THREADS = 200;

    /** One request in so many carries a file and a text too long for a history. */
    private static final int LARGE = 4;

    private static final String FILE_NAME = "figures.bin";
    /** One that says something: nobody guesses it from the bytes. */
    private static final MediaType FILE_TYPE = new MediaType("application", "vnd.flowmail.drill");

    private static final int FILE_BYTES = 60_000;
    private static final String LONG_TEXT = "Whatever happens.\n".repeat(2_500);

    /** As the English mail says it. */
    private static final Pattern CODE = Pattern.compile("type this one: ([A-Z0-9]{5})\\b");

    private final FlowEngine engine;
    private final Inbox inbox;
    private final List<FlowmailProcess> replicas;
    private final Operators operators;
    private final String login;
    private final Random random;
    private final Recipient browser = new Recipient();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final Map<String, Request> byRecipient = new ConcurrentHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private final AtomicInteger people = new AtomicInteger();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final List<String> surprises = new CopyOnWriteArrayList<>();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "load");
        thread.setDaemon(true);
        return thread;
    });
    private final ScheduledFuture<?> requesting;
    private final ScheduledFuture<?> reading;
    private int read;

    /**
     * Begins at once.
     *
     * @param login Flow's {@code Authorization} at Flowmail
     * @param perSecond how many requests begin each second
     */
    Load(
            FlowEngine engine,
            Inbox inbox,
            List<FlowmailProcess> replicas,
            Operators operators,
            String login,
            Random random,
            double perSecond) {
        this.engine = engine;
        this.inbox = inbox;
        this.replicas = replicas;
        this.operators = operators;
        this.login = login;
        this.random = random;
        long pause = (long) (1_000 / perSecond);
        requesting = threads.scheduleAtFixedRate(guarded(this::begin), 0, pause, TimeUnit.MILLISECONDS);
        reading = threads.scheduleWithFixedDelay(guarded(this::readMails), 0, 200, TimeUnit.MILLISECONDS);
    }

    /** Begins no more requests. What was begun goes on. */
    void stopRequesting() {
        requesting.cancel(false);
    }

    List<Request> requests() {
        return requests;
    }

    /** Who was asked at this address; null when nobody was. */
    @Nullable
    Request request(String recipient) {
        return byRecipient.get(recipient);
    }

    /** How often nobody answered a request or an upload, which was then sent again. */
    int unanswered() {
        return unanswered.get();
    }

    /** How often a request or an upload was answered 429 or 503, and was then sent again. */
    int refused() {
        return refused.get();
    }

    /** Answers that nobody should get, whatever goes wrong. */
    List<String> surprises() {
        return surprises;
    }

    @Override
    public void close() {
        reading.cancel(false);
        threads.shutdownNow();
    }

    private void begin() {
        Kind kind = KINDS.get(chance(KINDS.size()));
        boolean isLarge = chance(LARGE) == 0;
        List<String> recipients =
                kind == Kind.BOTH || kind == Kind.RACE ? List.of(person(), person()) : List.of(person());
        ServiceRequest asked = engine.request(kind == Kind.PLAIN ? Action.EMAIL : Action.DECISION)
                .from("flow@example.com", "Drill")
                .to(recipients.toArray(String[]::new))
                .subject("Drill")
                .body(isLarge ? LONG_TEXT : "Whatever happens.");
        if (kind != Kind.PLAIN) {
            asked.outcomes(Request.APPROVE, Request.REJECT);
        }
        if (kind == Kind.BOTH) {
            asked.text("Answers Needed", "all");
        }
        if (kind == Kind.TIMEOUT || kind == Kind.DEADLINE) {
            asked.text("Timeout", TIMEOUT).text("Timeout Outcome", Request.REJECT);
        }
        if (isLarge) {
            byte[] content = content();
            now(() -> upload(
                    content,
                    file -> send(
                            kind,
                            recipients,
                            asked.attachments(file),
                            List.of(AttachedFile.of(FILE_NAME, FILE_TYPE.toString(), content)))));
        } else {
            now(() -> send(kind, recipients, asked, List.of()));
        }
    }

    private byte[] content() {
        byte[] content = new byte[FILE_BYTES];
        synchronized (random) {
            random.nextBytes(content);
        }
        return content;
    }

    private void upload(byte[] content, Consumer<JsonNode> done) {
        try {
            Answer answer = engine.upload(connector(), FILE_NAME, FILE_TYPE, content);
            if (answer.status() == 200) {
                done.accept(FlowEngine.file(answer));
                return;
            }
            refused(answer, "An upload");
        } catch (ResourceAccessException noAnswer) {
            // what was kept of it expires
            unanswered.incrementAndGet();
        }
        later(() -> upload(content, done), AGAIN);
    }

    private void send(Kind kind, List<String> recipients, ServiceRequest asked, List<AttachedFile> files) {
        Flow flow = engine.begin(asked);
        Request request = new Request(kind, flow.token(), recipients, chance(2) == 0, files);
        recipients.forEach(recipient -> byRecipient.put(recipient, request));
        requests.add(request);
        send(request, flow);
    }

    private void send(Request request, Flow flow) {
        try {
            Answer answer = engine.repeat(connector(), flow).answered();
            if (answer.status() == 200) {
                request.accept();
                if (request.kind() == Kind.WITHDRAWN) {
                    boolean cancels = chance(2) == 0;
                    later(() -> withdraw(request, flow, cancels), Duration.ofMillis(chance(LONGEST_THOUGHT_MILLIS)));
                }
                return;
            }
            refused(answer, "A request");
        } catch (ResourceAccessException noAnswer) {
            // nobody knows whether it was accepted: as Flow, ask again
            unanswered.incrementAndGet();
        }
        later(() -> send(request, flow), AGAIN);
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
        later(() -> withdraw(request, flow, cancels), AGAIN);
    }

    private void refused(Answer answer, String what) {
        if (answer.status() == 429 || answer.status() == 503) {
            refused.incrementAndGet();
        } else {
            surprises.add(what + " was answered " + answer.status() + ": " + answer.body());
        }
    }

    private void readMails() {
        List<ReceivedMail> mails = inbox.mails();
        for (ReceivedMail mail : mails.subList(read, mails.size())) {
            Request request = byRecipient.get(mail.recipient());
            if (request != null && request.isDecision()) {
                boolean first = asked.add(mail.recipient());
                now(() -> scan(mail));
                if (first && request.isAnswered()) {
                    later(() -> open(request, mail), thought(request));
                }
            }
        }
        read = mails.size();
    }

    private Duration thought(Request request) {
        if (request.kind() != Kind.DEADLINE) {
            return Duration.ofMillis(chance(LONGEST_THOUGHT_MILLIS));
        }
        Duration passed = Duration.between(request.acceptedAt(), Instant.now());
        Duration left = Duration.ofMillis(TIMEOUT_MILLIS - RACE_MILLIS / 2 + chance(RACE_MILLIS))
                .minus(passed);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void scan(ReceivedMail mail) {
        mail.htmlLinks().forEach(link -> {
            try {
                browser.head(onAnyReplica(link.address()));
                browser.open(onAnyReplica(link.address()));
            } catch (UncheckedIOException down) {
                // scanners do not come back
            }
        });
    }

    private void open(Request request, ReceivedMail mail) {
        try {
            Page page = browser.open(onAnyReplica(mail.link(request.choice(mail.recipient()))));
            if (page.status() == 200 && page.asks()) {
                submit(request, mail, page);
                return;
            }
            if (page.status() == 200 || page.status() == 410) {
                request.answer(mail.recipient(), page.status() == 200 ? 409 : 410);
                return;
            }
            unexpected(page);
        } catch (UncheckedIOException down) {
            // comes back later
        }
        later(() -> open(request, mail), AGAIN);
    }

    private void submit(Request request, ReceivedMail mail, Page page) {
        request.click(mail.recipient());
        try {
            Page answer =
                    press(new Page(onAnyReplica(page.address()), page.status(), page.headers(), page.html()), mail);
            if (answer.status() == 200 || answer.status() == 409 || answer.status() == 410) {
                request.answer(mail.recipient(), answer.status());
                return;
            }
            if (answer.status() == 428) {
                // a machine has been at it: the page asks for the code that stands in the mail
                later(() -> submit(request, mail, answer), AGAIN);
                return;
            }
            unexpected(answer);
        } catch (UncheckedIOException down) {
            // nobody knows whether it was recorded: as a person, press again
        }
        later(() -> submit(request, mail, page), AGAIN);
    }

    private Page press(Page page, ReceivedMail mail) {
        if (page.form().select("[name=code]").isEmpty()) {
            return browser.submit(page);
        }
        Element button = page.form().expectFirst("button[name]");
        return browser.submit(page, Map.of("code", code(mail), button.attr("name"), button.attr("value")));
    }

    private static String code(ReceivedMail mail) {
        Matcher code = CODE.matcher(mail.text());
        if (!code.find()) {
            throw new IllegalStateException("A mail has no code");
        }
        return code.group(1);
    }

    private void unexpected(Page page) {
        if (page.status() != 202 && page.status() != 429 && page.status() != 503) {
            surprises.add("A recipient's page answered " + page.status());
        }
    }

    private void later(Runnable task, Duration pause) {
        CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, threads)
                .execute(guarded(task));
    }

    private void now(Runnable task) {
        threads.execute(guarded(task));
    }

    /** A mistake of the drill's own must not pass for silence. */
    private Runnable guarded(Runnable task) {
        return () -> {
            try {
                task.run();
            } catch (RuntimeException e) {
                surprises.add("The drill itself failed: " + e);
            }
        };
    }

    /** The links name one address; what stands in front of the replicas leads to any. */
    private URI onAnyReplica(URI link) {
        return replica().address(link.getRawPath());
    }

    private Connector connector() {
        return new Connector(replica().address("/api/email/1"), who -> List.of(login, who.header()));
    }

    private FlowmailProcess replica() {
        return replicas.get(chance(replicas.size()));
    }

    private int chance(int bound) {
        synchronized (random) {
            return random.nextInt(bound);
        }
    }

    private String person() {
        return "person" + people.incrementAndGet() + "@example.com";
    }
}
