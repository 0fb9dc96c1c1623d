package dev.flowmail.api.decisions;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.asyncDispatch;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.activities.links.PageStamps;
import dev.flowmail.templates.Pages;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Held;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Agreement;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.Question.Tone;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.MvcResult;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** A request in every state, the pages of its recipients, and what they submit there. */
abstract class RecipientPages {

    static final int APPROVE = 0;
    static final int REJECT = 1;
    static final String WORKFLOW = "decision-" + "0123456789".repeat(4);
    static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    final LinkCodes codes = new LinkCodes(key(1));
    final PageCodes pageCodes = new PageCodes(key(1));
    final List<Duration> waited = new ArrayList<>();

    @Nullable
    Confirmation confirmation;

    @Nullable
    List<Integer> proof;

    @Nullable
    Held held;

    @Nullable
    String receipt;

    Instant now = NOON;
    Optional<Reached> taken = Optional.empty();
    final FakeRuns runs = new FakeRuns();
    final MockMvc pages = MockMvcBuilders.standaloneSetup(new DecideController(
                    new GenuineLinks(codes),
                    runs,
                    this::flowTook,
                    new SubmissionGuard(pageCodes, new PageStamps(key(1)), () -> now),
                    new FreshCodes(key(1)),
                    new PageResponses(new Pages()),
                    new SubmissionThreads()))
            .build();

    static final Excerpt EXCERPT =
            new Excerpt("Two weeks in May.", true, List.of(new Excerpt.File("plan.pdf", 2_000L)));

    Optional<Reached> flowTook(String workflowId, Duration patience) {
        waited.add(patience);
        return taken;
    }

    void stands(DecisionState state) {
        runs.standing = signals -> new Standing.Told(state);
    }

    String link(int recipient, int outcome) {
        return codes.mint(decisionLink(recipient, outcome, Comments.OFF));
    }

    static DecisionLink decisionLink(int recipient, int outcome, Comments comments) {
        return new DecisionLink(WORKFLOW, recipient, 0, outcome, 2, comments);
    }

    MockHttpServletResponse visit(String code) throws Exception {
        return perform(get("/decide/" + code));
    }

    MockHttpServletResponse submit(String code, String... fields) throws Exception {
        return perform(submission(code, fields));
    }

    static MockHttpServletRequestBuilder submission(String code, String... fields) {
        String form = IntStream.range(0, fields.length / 2)
                .mapToObj(field -> encoded(fields[2 * field]) + "=" + encoded(fields[2 * field + 1]))
                .collect(Collectors.joining("&"));
        return post("/decide/" + code)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .content(form);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    MockHttpServletResponse perform(MockHttpServletRequestBuilder request) throws Exception {
        MvcResult result = pages.perform(request).andReturn();
        if (result.getRequest().isAsyncStarted()) {
            result = pages.perform(asyncDispatch(result)).andReturn();
        }
        MockHttpServletResponse response = result.getResponse();
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return response;
    }

    static Given given(int outcome) {
        return new Given(outcome, null, NOON, null);
    }

    static Person person(@Nullable Given answer) {
        return new Person(new Mailbox("placeholder@example.com", null), 0, MailStatus.SENT, null, answer, 0);
    }

    DecisionState open(Person... people) {
        return open(Comments.OFF, people);
    }

    DecisionState open(Comments comments, Person... people) {
        return state(Status.WAITING, comments, null, null, CallbackStatus.NONE, people);
    }

    DecisionState decided(int outcome, int decider, Person... people) {
        return state(Status.DECIDED, Comments.OFF, outcome, decider, CallbackStatus.REACHED, people);
    }

    DecisionState state(
            Status status,
            Comments comments,
            @Nullable Integer outcome,
            @Nullable Integer decider,
            CallbackStatus callback,
            Person... people) {
        List<Person> named = IntStream.range(0, people.length)
                .mapToObj(index -> named(people[index], index))
                .toList();
        boolean reached = callback == CallbackStatus.REACHED;
        return new DecisionState(
                status,
                new Mailbox("boss@example.com", "Boss"),
                "Holiday",
                List.of("Approve", "Reject"),
                NOON.plusSeconds(3600),
                "en",
                comments,
                named,
                outcome,
                decider,
                status == Status.WAITING ? null : NOON,
                callback,
                null,
                reached ? "https://flow.example/join" : null,
                null,
                null,
                2,
                List.of(Tone.GREEN, Tone.RED),
                null,
                receipt,
                confirmation,
                proof,
                status == Status.WAITING ? EXCERPT : null,
                people.length == 1 ? null : new Agreement(people.length, 1, REJECT),
                status == Status.WITHDRAWN ? "The plan has changed" : null,
                "Europe/Berlin",
                held == null ? null : Duration.ofMinutes(10),
                held);
    }

    static Person named(Person person, int index) {
        return person.generation() > 0
                ? person
                : new Person(
                        new Mailbox("person" + index + "@example.com", null),
                        person.generation(),
                        person.mail(),
                        null,
                        person.answer(),
                        0,
                        person.code());
    }

    static KeyRing key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return KeyRing.parse("test:" + Base64.getEncoder().encodeToString(bytes));
    }
}
