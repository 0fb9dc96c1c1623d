package dev.flowmail.verification.bench;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Flowmail as Flow and recipients reach it. */
final class FlowmailContender implements Contender {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Side side;
    private final RequestTexts texts;
    private final Supplier<List<ProcessHandle>> temporal;
    private final List<FlowmailProcess> replicas = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Clicks clicks = new Clicks(http, PATIENCE);

    FlowmailContender(
            Side side, FlowmailProcess flowmail, Supplier<List<ProcessHandle>> temporal, int smtpPort, int enginePort) {
        this(side, temporal, List.of(flowmail), RequestTexts.of(smtpPort, enginePort));
    }

    private FlowmailContender(
            Side side, Supplier<List<ProcessHandle>> temporal, List<FlowmailProcess> replicas, RequestTexts texts) {
        this.side = side;
        this.temporal = temporal;
        this.replicas.addAll(replicas);
        this.texts = texts;
    }

    /** From now on this one, which is ready, gets its share too. */
    void join(FlowmailProcess replica) {
        replicas.add(replica);
    }

    /** The same Flowmail, called by another tenant. */
    FlowmailContender ofAnotherTenant() {
        return new FlowmailContender(side, temporal, replicas, texts.ofAnotherTenant());
    }

    private URI onOne(String path) {
        return replicas.get(turns.getAndIncrement() % replicas.size()).address(path);
    }

    private URI page(String link) {
        return onOne(URI.create(link).getRawPath());
    }

    /** The size of a decision request's body. */
    int requestBytes() {
        return RequestTexts.body(texts.decision(), "bench-0000000000").length();
    }

    /** What its clicks were answered. */
    Clicks clicks() {
        return clicks;
    }

    @Override
    public Side side() {
        return side;
    }

    @Override
    public void ask(Trip trip) {
        post(trip, Action.DECISION, texts.decision());
    }

    @Override
    public void send(Trip trip) {
        post(trip, Action.EMAIL, texts.plain());
    }

    private void post(Trip trip, Action action, String template) {
        HttpRequest request = HttpRequest.newBuilder(onOne("/api/email/1/" + action.path()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Authorization", texts.who())
                .POST(BodyPublishers.ofString(RequestTexts.body(template, trip.id)))
                .build();
        long start = System.nanoTime();
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            trip.acceptMicros = (System.nanoTime() - start) / 1_000;
            if (answer.statusCode() != 200) {
                throw new IllegalStateException("Flowmail answered " + answer.statusCode() + ": " + answer.body());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void answer(Trip trip, String link) {
        click(link, "outcome=0", 200);
    }

    /** The first click has a fresh code mailed, the second brings it. */
    private void answerWithAFreshCode(Trip trip, String link) {
        click(link, "outcome=0", 428);
        var ignored = trip.code.thenAccept(code -> click(link, "outcome=0&code=" + code, 200));
    }

    private void click(String link, String form, int expected) {
        clicks.click(page(link), form, expected);
    }

    /** The same processes, asked for decisions that are held for a second before Flow is told. */
    Contender held() {
        return new KindOfDecision(
                this, "held decisions", trip -> post(trip, Action.DECISION, texts.held()), this::answer);
    }

    /** The same processes, asked for decisions that need a fresh code. */
    Contender proven() {
        return new KindOfDecision(
                this,
                "decisions with a fresh code",
                trip -> post(trip, Action.DECISION, texts.proven()),
                this::answerWithAFreshCode);
    }

    @Override
    public List<Visit> sweep(String link) {
        return Stream.of("HEAD", "GET")
                .map(method -> Visit.of(http, method, page(link), PATIENCE))
                .toList();
    }

    @Override
    public List<ProcessHandle> processes() {
        return replicas.stream().map(FlowmailProcess::handle).toList();
    }

    @Override
    public List<ProcessHandle> temporal() {
        return temporal.get();
    }
}
