package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.Answer;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.simulator.engine.ServiceRequest;
import dev.flowmail.simulator.inbox.ReceivedMail.AttachedFile;
import dev.flowmail.verification.drill.Questions.Question;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;

/** Flows that never give up: a request is sent again, to any replica, until it is accepted. */
final class Flows {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private static final String FILE_NAME = "figures.bin";
    /** One that says something: nobody guesses it from the bytes. */
    private static final MediaType FILE_TYPE = new MediaType("application", "vnd.flowmail.drill");

    private static final int FILE_BYTES = 60_000;

    private final FlowEngine engine;
    private final Balancer balancer;
    private final Requests requests;
    private final Tasks tasks;
    private final Chance chance;
    private final List<String> surprises;
    private final BiConsumer<Request, Flow> accepted;
    private final Questions questions;
    private final AtomicInteger unanswered = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    /**
     * @param surprises where answers go that nobody should get, as sentences
     * @param accepted told of each request that has been accepted
     */
    Flows(
            FlowEngine engine,
            Balancer balancer,
            Requests requests,
            Tasks tasks,
            Chance chance,
            List<String> surprises,
            BiConsumer<Request, Flow> accepted) {
        this.engine = engine;
        this.balancer = balancer;
        this.requests = requests;
        this.tasks = tasks;
        this.chance = chance;
        this.surprises = surprises;
        this.accepted = accepted;
        this.questions = new Questions(engine, chance);
    }

    /** How often nobody answered a request or an upload, which was then sent again. */
    int unanswered() {
        return unanswered.get();
    }

    /** How often a request or an upload was answered 429 or 503, and was then sent again. */
    int refused() {
        return refused.get();
    }

    /** Begins a request of any kind. */
    void begin() {
        Question question = questions.any();
        if (question.isLarge()) {
            byte[] content = chance.bytes(FILE_BYTES);
            AttachedFile file = AttachedFile.of(FILE_NAME, FILE_TYPE.toString(), content);
            tasks.now(() ->
                    upload(content, uploaded -> send(question, question.asked().attachments(uploaded), List.of(file))));
        } else {
            tasks.now(() -> send(question, question.asked(), List.of()));
        }
    }

    private void upload(byte[] content, Consumer<JsonNode> done) {
        try {
            Answer answer = engine.upload(balancer.connector(), FILE_NAME, FILE_TYPE, content);
            if (answer.status() == 200) {
                done.accept(FlowEngine.file(answer));
                return;
            }
            refused(answer, "An upload");
        } catch (ResourceAccessException noAnswer) {
            // what was kept of it expires
            unanswered.incrementAndGet();
        }
        tasks.later(() -> upload(content, done), AGAIN);
    }

    private void send(Question question, ServiceRequest asked, List<AttachedFile> files) {
        Flow flow = engine.begin(asked);
        Request request = new Request(question.kind(), flow.token(), question.recipients(), chance.ofOneIn(2), files);
        requests.add(request, question.recipients());
        send(request, flow);
    }

    private void send(Request request, Flow flow) {
        try {
            Answer answer = engine.repeat(balancer.connector(), flow).answered();
            if (answer.status() == 200) {
                request.accept();
                accepted.accept(request, flow);
                return;
            }
            refused(answer, "A request");
        } catch (ResourceAccessException noAnswer) {
            // nobody knows whether it was accepted: as Flow, ask again
            unanswered.incrementAndGet();
        }
        tasks.later(() -> send(request, flow), AGAIN);
    }

    private void refused(Answer answer, String what) {
        if (answer.status() == 429 || answer.status() == 503) {
            refused.incrementAndGet();
        } else {
            surprises.add(what + " was answered " + answer.status() + ": " + answer.body());
        }
    }
}
