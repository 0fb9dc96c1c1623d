package dev.flowmail.verification.bench;

import dev.flowmail.simulator.engine.Action;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
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
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Flowmail as Flow and recipients reach it. Requests are bytes made beforehand, so that making them costs nothing. */
final class FlowmailContender implements Contender {
    private static final String ID = "BENCH-ID";
    private static final String STATE = "BENCH-STATE";
    private static final String OTHER_TENANT = "0b6f7a35-92a4-4b1f-9d31-5c5a8f0e7d21";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Side side;
    private final Texts texts;
    private final List<ProcessHandle> temporal;
    private final List<FlowmailProcess> replicas = new CopyOnWriteArrayList<>();
    private final AtomicInteger turns = new AtomicInteger();
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong clicksConfirmedLater = new AtomicLong();
    private final Map<String, Boolean> surprises = new ConcurrentHashMap<>();

    FlowmailContender(Side side, FlowmailProcess flowmail, List<ProcessHandle> temporal, int smtpPort, int enginePort) {
        this(side, temporal, List.of(flowmail), texts(smtpPort, enginePort));
    }

    private FlowmailContender(Side side, List<ProcessHandle> temporal, List<FlowmailProcess> replicas, Texts texts) {
        this.side = side;
        this.temporal = temporal;
        this.replicas.addAll(replicas);
        this.texts = texts;
    }

    /** What Flow sends: the header that says for whom, and the bodies. */
    private record Texts(String who, String decision, String held, String proven, String plain) {

        Texts of(String tenant) {
            return new Texts(
                    who.replace(FlowEngine.TENANT, tenant),
                    decision.replace(FlowEngine.TENANT, tenant),
                    held.replace(FlowEngine.TENANT, tenant),
                    proven.replace(FlowEngine.TENANT, tenant),
                    plain.replace(FlowEngine.TENANT, tenant));
        }
    }

    private static Texts texts(int smtpPort, int enginePort) {
        FlowEngine engine = new FlowEngine(URI.create("http://127.0.0.1:" + enginePort), smtpPort);
        return new Texts(
                engine.begin(question(engine)).who().header(),
                engine.begin(question(engine)).request(),
                engine.begin(question(engine).text("Hold", "1 second")).request(),
                engine.begin(question(engine).text("Proof", "all")).request(),
                engine.begin(request(engine, Action.EMAIL)).request());
    }

    private static ServiceRequest question(FlowEngine engine) {
        return request(engine, Action.DECISION).outcomes("Approve", "Reject");
    }

    private static ServiceRequest request(FlowEngine engine, Action action) {
        return engine.request(action)
                .from("flow@bench.example", "Purchasing")
                .to(ID + "@bench.example")
                .subject("Purchase order 4711 needs your decision")
                .body("Please look at purchase order 4711: 20 chairs and 5 desks for the new office in Lisbon, from the"
                        + " supplier that we used last year, to be delivered by the end of the month. The budget holder"
                        + " has seen it. Tell us whether to go on.")
                .html("<p>Please look at <b>purchase order 4711</b>: 20 chairs and 5 desks for the new office in"
                        + " Lisbon, from the supplier that we used last year, to be delivered by the end of the"
                        + " month.</p><p>The budget holder has seen it. Tell us whether to go on.</p>")
                .member("token", ID)
                .member("stateId", STATE);
    }

    /** From now on this one, which is ready, gets its share too. */
    void join(FlowmailProcess replica) {
        replicas.add(replica);
    }

    /** The same Flowmail, called by another tenant. */
    FlowmailContender ofAnotherTenant() {
        return new FlowmailContender(side, temporal, replicas, texts.of(OTHER_TENANT));
    }

    private URI onOne(String path) {
        return replicas.get(turns.getAndIncrement() % replicas.size()).address(path);
    }

    /** The size of a decision request's body. */
    int requestBytes() {
        return body(texts.decision(), "bench-0000000000").length();
    }

    /** How many clicks were recorded, but their page could not yet say what came of it (202). */
    long clicksConfirmedLater() {
        return clicksConfirmedLater.get();
    }

    /** What no click should be answered. */
    List<String> surprises() {
        return List.copyOf(surprises.keySet());
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
                .POST(BodyPublishers.ofString(body(template, trip.id)))
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

    private static String body(String template, String id) {
        return template.replace(ID, id).replace(STATE, UUID.randomUUID().toString());
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
        HttpRequest click = HttpRequest.newBuilder(onOne(URI.create(link).getRawPath()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build();
        var ignored = http.sendAsync(click, BodyHandlers.discarding())
                .handle((answer, failure) -> note(failure == null ? answer.statusCode() : 0, expected));
    }

    /** The same processes, asked for decisions that are held for a second before Flow is told. */
    Contender held() {
        return new OfAKind("held decisions", texts.held(), this::answer);
    }

    /** The same processes, asked for decisions that need a fresh code. */
    Contender proven() {
        return new OfAKind("decisions with a fresh code", texts.proven(), this::answerWithAFreshCode);
    }

    private final class OfAKind implements Contender {
        private final String name;
        private final String request;
        private final BiConsumer<Trip, String> answer;

        OfAKind(String name, String request, BiConsumer<Trip, String> answer) {
            this.name = name;
            this.request = request;
            this.answer = answer;
        }

        @Override
        public Side side() {
            return side;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public void ask(Trip trip) {
            post(trip, Action.DECISION, request);
        }

        @Override
        public void answer(Trip trip, String link) {
            answer.accept(trip, link);
        }

        @Override
        public void send(Trip trip) {
            FlowmailContender.this.send(trip);
        }

        @Override
        public List<ProcessHandle> processes() {
            return FlowmailContender.this.processes();
        }

        @Override
        public List<ProcessHandle> temporal() {
            return temporal;
        }
    }

    @Override
    public List<Burst.Visit> sweep(String link) {
        return Stream.of("HEAD", "GET").map(method -> visit(method, link)).toList();
    }

    private Burst.Visit visit(String method, String link) {
        HttpRequest look = HttpRequest.newBuilder(onOne(URI.create(link).getRawPath()))
                .timeout(PATIENCE)
                .header("User-Agent", "scanner")
                .method(method, BodyPublishers.noBody())
                .build();
        long start = System.nanoTime();
        int status;
        try {
            status = http.send(look, BodyHandlers.discarding()).statusCode();
        } catch (IOException e) {
            status = 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return new Burst.Visit(status, (System.nanoTime() - start) / 1e6);
    }

    private boolean note(int status, int expected) {
        if (status == 202) {
            clicksConfirmedLater.incrementAndGet();
        } else if (status != expected) {
            surprises.put("A click was answered " + status + ", not " + expected, true);
        }
        return status == expected;
    }

    @Override
    public List<ProcessHandle> processes() {
        return replicas.stream().map(FlowmailProcess::handle).toList();
    }

    @Override
    public List<ProcessHandle> temporal() {
        return temporal;
    }
}
