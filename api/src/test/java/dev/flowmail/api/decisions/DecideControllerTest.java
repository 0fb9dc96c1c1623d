package dev.flowmail.api.decisions;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.activities.links.PageStamps;
import dev.flowmail.templates.Pages;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Held;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Manner;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Agreement;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.Question.Tone;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.MediaType;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** Every state of a request, as its recipients see it. */
class DecideControllerTest {

    private static final int APPROVE = 0;
    private static final int REJECT = 1;
    private static final String WORKFLOW = "decision-" + "0123456789".repeat(4);
    private static final Instant NOON = Instant.parse("2026-03-04T12:00:00Z");

    private final LinkCodes codes = new LinkCodes(key(1));
    private final PageCodes pageCodes = new PageCodes(key(1));
    private final List<Duration> waited = new ArrayList<>();
    private @Nullable Confirmation confirmation;
    private @Nullable List<Integer> proof;
    private @Nullable Held held;
    private @Nullable String receipt;
    private Instant now = NOON;
    private Optional<Reached> taken = Optional.empty();
    private final FakeRuns runs = new FakeRuns();
    private final MockMvc pages = MockMvcBuilders.standaloneSetup(new DecideController(
                    new GenuineLinks(codes),
                    runs,
                    this::flowTook,
                    new SubmissionGuard(pageCodes, new PageStamps(key(1)), () -> now),
                    new FreshCodes(key(1)),
                    new PageResponses(new Pages())))
            .build();

    private static final Excerpt EXCERPT =
            new Excerpt("Two weeks in May.", true, List.of(new Excerpt.File("plan.pdf", 2_000L)));

    @Test
    void anOpenRequestIsAskedAboutAndVisitsChangeNothing() throws Exception {
        stands(open(person(null), person(null)));

        for (int visit = 0; visit < 10; visit++) {
            MockHttpServletResponse page = visit(link(0, APPROVE));
            assertThat(page.getStatus()).isEqualTo(200);
            assertThat(page.getContentAsString()).containsOnlyOnce("<form").contains("Holiday", "Approve", "Reject");
            assertThat(perform(head("/decide/" + link(0, REJECT))).getStatus()).isEqualTo(200);
        }

        assertThat(runs.signals).isEmpty();
    }

    @Test
    void headIsAnsweredLikeGetWithoutAPage() throws Exception {
        for (Person person : List.of(
                person(null), new Person(new Mailbox("new@example.com", null), 1, MailStatus.SENT, null, null, 0))) {
            stands(open(person));
            MockHttpServletResponse page = visit(link(0, APPROVE));
            MockHttpServletResponse head = perform(head("/decide/" + link(0, APPROVE)));

            assertThat(head.getStatus()).isEqualTo(page.getStatus());
            assertThat(head.getContentAsString()).isEmpty();
            assertThat(head.getHeaderNames()).contains("Content-Type", "Content-Security-Policy", "Cache-Control");
            for (String name : head.getHeaderNames()) {
                assertThat(head.getHeader(name)).as(name).isEqualTo(page.getHeader(name));
            }
        }
    }

    @Test
    void thePageShowsWhatTheMailShowsAndWhoMustAgree() throws Exception {
        stands(open(person(given(APPROVE)), person(null), person(null)));

        assertThat(visit(link(1, APPROVE)).getContentAsString())
                .contains("boss@example.com", "Two weeks in May.", "plan.pdf", "2 kB")
                .contains("3 people are asked", "1 answer “Reject” ends it", "1 of 3 have answered")
                .contains("class=\"button green\"", "class=\"button quiet red\"")
                .containsOnlyOnce("<form method=\"post\">");
    }

    @Test
    void anAnswerIsRecordedByOneSignalAndOneQuery() throws Exception {
        runs.standing = signals -> new Standing.Told(decided(REJECT, 0, person(given(REJECT)), person(null)));

        MockHttpServletResponse page = submit(link(0, APPROVE), "outcome", "1");

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(runs.signals).containsExactly(new Decide(0, 0, REJECT, null, null));
        assertThat(runs.looks).isEqualTo(1);
    }

    @Test
    void whoeverDecidedSeesWhatStandsAndAFormThatChangesIt() throws Exception {
        isHeldByTheFirst(APPROVE);

        for (int outcome : List.of(APPROVE, REJECT)) {
            MockHttpServletResponse page = visit(link(0, outcome));
            assertThat(page.getStatus()).isEqualTo(200);
            Element form = form(page);
            assertThat(form.select("input[name=change]").val()).isEqualTo(String.valueOf(NOON.toEpochMilli()));
            assertThat(form.select("button").eachAttr("value")).containsExactly(String.valueOf(REJECT));
            assertThat(Jsoup.parse(page.getContentAsString()).text())
                    .contains("You have answered “Approve”", "until Wednesday, March 4, 2026, 1:10 PM Europe/Berlin")
                    .doesNotContain("Please answer by");
        }
        assertThat(runs.signals).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aPressOnAnOlderPageChangesNothingAndGetsTheFormThatDoes(Confirmation policy) throws Exception {
        confirmation = policy;
        stands(open(person(null), person(null)));
        submit(link(0, APPROVE), "outcome", String.valueOf(APPROVE));
        runs.signals.clear();
        isHeldByTheFirst(APPROVE);

        for (String[] fields : List.of(
                new String[] {"outcome", String.valueOf(REJECT)},
                new String[] {},
                new String[] {"outcome", String.valueOf(REJECT), "change", "1"},
                new String[] {"outcome", String.valueOf(REJECT), "change", "x"})) {
            MockHttpServletResponse page = submit(link(0, REJECT), fields);
            assertThat(page.getStatus()).isEqualTo(409);
            assertThat(form(page).select("input[name=change]")).hasSize(1);
            assertThat(page.getContentAsString()).contains("Nothing has been changed yet");
        }
        assertThat(runs.signals)
                .allSatisfy(signal -> assertThat(signal.replaces()).isNotEqualTo(NOON));
    }

    @Test
    void theFormChangesTheAnswerEvenAtOnce() throws Exception {
        confirmation = Confirmation.CAREFUL;
        stands(open(person(null), person(null)));
        submit(link(0, APPROVE), "outcome", String.valueOf(APPROVE));
        runs.signals.clear();
        isHeldByTheFirst(APPROVE);
        MockHttpServletResponse older = submit(link(0, REJECT), "outcome", String.valueOf(REJECT));
        String mark = form(older).select("input[name=change]").val();
        runs.signals.clear();
        runs.standing = signals -> new Standing.Told(heldByTheFirst(signals.isEmpty() ? APPROVE : REJECT));

        MockHttpServletResponse page =
                submit(link(0, REJECT), "outcome", String.valueOf(REJECT), "change", mark, "page", "x");

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(runs.signals)
                .singleElement()
                .extracting(Decide::outcome, Decide::replaces)
                .containsExactly(REJECT, NOON);
        assertThat(page.getContentAsString())
                .contains("You can change your answer until", "Change my answer")
                .doesNotContain("http-equiv");
    }

    @Test
    void whoeverHasNotAnsweredDoesNotLookLessAutomaticByTheFieldOfAChange() throws Exception {
        confirmation = Confirmation.CAREFUL;
        stands(open(person(null), person(null)));
        submit(link(0, APPROVE), "outcome", String.valueOf(APPROVE));
        runs.signals.clear();

        assertThat(submit(link(0, REJECT), "outcome", String.valueOf(REJECT), "change", "17")
                        .getStatus())
                .isEqualTo(428);
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void aChangeThatNeedsACodeAsksForIt() throws Exception {
        confirmation = Confirmation.CODE;
        isHeldByTheFirst(APPROVE);
        assertThat(form(visit(link(0, REJECT))).select("input[name=code]")).hasSize(1);

        MockHttpServletResponse page = submit(
                link(0, REJECT), "outcome", String.valueOf(REJECT), "change", String.valueOf(NOON.toEpochMilli()));

        assertThat(page.getStatus()).isEqualTo(428);
        assertThat(form(page).select("input[name=change], input[name=code]")).hasSize(2);
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void aChangeThatNeedsProofHasACodeMailedAndAsksForIt() throws Exception {
        proof = List.of(REJECT);
        isHeldByTheFirst(APPROVE);

        MockHttpServletResponse page = submit(
                link(0, REJECT), "outcome", String.valueOf(REJECT), "change", String.valueOf(NOON.toEpochMilli()));

        assertThat(page.getStatus()).isEqualTo(428);
        assertThat(form(page).select("input[name=change], input[name=code]")).hasSize(2);
        assertThat(page.getContentAsString()).contains("has just been emailed to you");
        assertThat(runs.signals).singleElement().satisfies(signal -> {
            assertThat(signal.replaces()).isEqualTo(NOON);
            assertThat(requireNonNull(signal.proof()).fresh()).isNotNull();
        });
    }

    @Test
    void theSameAnswerOnceMoreChangesNothingThatIsHeld() throws Exception {
        isHeldByTheFirst(APPROVE);

        MockHttpServletResponse page = submit(link(0, APPROVE), "outcome", String.valueOf(APPROVE));

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString())
                .contains("You can change your answer until")
                .doesNotContain("continues");
        assertThat(waited).isEmpty();
    }

    @Test
    void nobodyElseCanChangeWhatIsHeld() throws Exception {
        isHeldByTheFirst(APPROVE);

        MockHttpServletResponse visited = visit(link(1, REJECT));
        MockHttpServletResponse pressed = submit(link(1, REJECT), "outcome", String.valueOf(REJECT), "change", "1");

        assertThat(visited.getStatus()).isEqualTo(200);
        assertThat(pressed.getStatus()).isEqualTo(409);
        for (MockHttpServletResponse page : List.of(visited, pressed)) {
            assertThat(Jsoup.parse(page.getContentAsString()).select("form")).isEmpty();
            assertThat(page.getContentAsString()).contains("can still change it until");
        }
    }

    /** Decided by the first of two, and Flow not told yet. */
    private void isHeldByTheFirst(int outcome) {
        held = new Held(0, NOON.plusSeconds(600));
        stands(heldByTheFirst(outcome));
    }

    private DecisionState heldByTheFirst(int outcome) {
        return state(
                Status.DECIDED, Comments.OFF, outcome, 0, CallbackStatus.NONE, person(given(outcome)), person(null));
    }

    private static Element form(MockHttpServletResponse page) throws Exception {
        return requireNonNull(Jsoup.parse(page.getContentAsString()).selectFirst("form[method=post]"));
    }

    @Test
    void whoeverWasAskedDownloadsTheReceiptOnceFlowHasBeenTold() throws Exception {
        receipt = "a.signed.receipt";
        stands(decided(APPROVE, 0, person(given(APPROVE)), person(null)));

        for (int recipient : List.of(0, 1)) {
            Element link =
                    requireNonNull(Jsoup.parse(visit(link(recipient, APPROVE)).getContentAsString())
                            .selectFirst("p.receipt a"));
            assertThat(link.attr("href")).isEqualTo("?receipt");
            MockHttpServletResponse file = perform(get("/decide/" + link(recipient, APPROVE) + "?receipt"));
            assertThat(file.getStatus()).isEqualTo(200);
            assertThat(file.getContentType()).startsWith("application/jose");
            assertThat(file.getContentAsString()).isEqualTo("a.signed.receipt");
            assertThat(file.getHeader("Content-Disposition")).contains("attachment");
            assertThat(file.getHeader("Cache-Control")).isEqualTo("no-store");
            assertThat(file.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
        }
        assertThat(perform(get("/decide/nonsense?receipt")).getStatus()).isEqualTo(404);
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void whomTheRequestWasTakenFromGetsNoReceipt() throws Exception {
        receipt = "a.signed.receipt";
        stands(decided(
                APPROVE,
                0,
                new Person(new Mailbox("new@example.com", null), 1, MailStatus.SENT, null, given(APPROVE), 0)));

        MockHttpServletResponse page = perform(get("/decide/" + link(0, APPROVE) + "?receipt"));

        assertThat(page.getStatus()).isEqualTo(410);
        assertThat(page.getContentAsString()).doesNotContain("a.signed.receipt", "?receipt");
    }

    @Test
    void beforeFlowHasBeenToldThereIsNoReceipt() throws Exception {
        receipt = "a.signed.receipt";
        stands(decidedUntold(APPROVE, 0, person(given(APPROVE)), person(null)));

        assertThat(visit(link(0, APPROVE)).getContentAsString()).doesNotContain("?receipt");
        assertThat(perform(get("/decide/" + link(0, APPROVE) + "?receipt")).getContentAsString())
                .doesNotContain("a.signed.receipt");
    }

    @Test
    void timesAreToldInTheZoneOfTheRequest() throws Exception {
        stands(open(person(null)));
        assertThat(visit(link(0, APPROVE)).getContentAsString())
                .contains("Wednesday, March 4, 2026, 2:00 PM Europe/Berlin (");
        stands(open(person(given(APPROVE))));
        assertThat(visit(link(0, APPROVE)).getContentAsString())
                .contains("Wednesday, March 4, 2026, 1:00 PM Europe/Berlin");
        stands(decided(APPROVE, 0, person(given(APPROVE))));
        assertThat(visit(link(0, APPROVE)).getContentAsString())
                .contains("Wednesday, March 4, 2026, 1:00 PM Europe/Berlin");
    }

    @Test
    void whoeverDecidesLearnsFromThisProcessThatFlowHasBeenTold() throws Exception {
        stands(decidedUntold(APPROVE, 0, person(given(APPROVE)), person(null)));
        taken = Optional.of(new Reached("FORWARD", "https://flow.example/join", false));

        MockHttpServletResponse page = submit(link(0, APPROVE));

        assertThat(page.getContentAsString())
                .contains("The process continues with this answer", "https://flow.example/join");
        assertThat(waited).containsExactly(Duration.ofSeconds(1));
        assertThat(runs.looks).isEqualTo(1);
    }

    @Test
    void whereFlowIsSlowThePageSaysThatItWillBeTold() throws Exception {
        stands(decidedUntold(APPROVE, 0, person(given(APPROVE)), person(null)));

        MockHttpServletResponse page = submit(link(0, APPROVE));

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString()).contains("as soon as it has been told");
    }

    @Test
    void nobodyElseWaitsForFlow() throws Exception {
        stands(decidedUntold(APPROVE, 0, person(given(APPROVE)), person(null)));
        submit(link(1, APPROVE));
        visit(link(0, APPROVE));
        stands(open(person(given(APPROVE)), person(null)));
        submit(link(0, APPROVE));
        stands(decided(APPROVE, 0, person(given(APPROVE)), person(null)));
        submit(link(0, APPROVE));

        assertThat(waited).isEmpty();
    }

    private Optional<Reached> flowTook(String workflowId, Duration patience) {
        waited.add(patience);
        return taken;
    }

    @Test
    void theAnswerTellsHowOftenItsLinkWasFetchedBefore() throws Exception {
        stands(open(person(null), person(null)));
        Instant before = Instant.now();
        visit(link(0, APPROVE));
        perform(head("/decide/" + link(0, APPROVE)));
        visit(link(0, APPROVE));
        visit(link(0, REJECT));
        visit(link(1, APPROVE));

        submit(link(0, APPROVE), "outcome", "0");

        Decide.Visits visits = requireNonNull(runs.signals.get(0).visits());
        assertThat(visits.count()).isEqualTo(3);
        assertThat(visits.first()).isBetween(before, visits.last());
        assertThat(visits.last()).isBefore(Instant.now().plusSeconds(1));
    }

    @Test
    void visitsByBadCodesAreNotCounted() throws Exception {
        visit("nonsense");
        visit(link(0, APPROVE).substring(1));

        submit(link(0, APPROVE), "outcome", "0");

        assertThat(runs.signals).extracting(Decide::visits).containsOnlyNulls();
    }

    @Test
    void aFormWithoutAnOutcomeStandsForTheLinksOwn() throws Exception {
        runs.standing = signals -> new Standing.Told(decided(REJECT, 0, person(given(REJECT))));

        assertThat(submit(link(0, REJECT)).getStatus()).isEqualTo(200);

        assertThat(runs.signals).extracting(Decide::outcome).containsExactly(REJECT);
    }

    @Test
    void theSameAnswerAgainIsRecordedAndCostsNoSignal() throws Exception {
        stands(decided(APPROVE, 0, person(given(APPROVE))));

        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(200);
        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(200);

        assertThat(runs.signals).hasSize(1);
    }

    @Test
    void anotherAnswerByTheSamePersonIsAConflict() throws Exception {
        stands(decided(APPROVE, 0, person(given(APPROVE))));

        MockHttpServletResponse page = submit(link(0, APPROVE), "outcome", "1");

        assertThat(page.getStatus()).isEqualTo(409);
        assertThat(page.getContentAsString()).contains("Approve");
    }

    @Test
    void aLateAnswerIsAConflictEvenWhenItAgrees() throws Exception {
        stands(decided(APPROVE, 0, person(given(APPROVE)), person(null)));

        MockHttpServletResponse page = submit(link(1, APPROVE), "outcome", "0");

        assertThat(page.getStatus()).isEqualTo(409);
        assertThat(page.getContentAsString()).contains("person0@example.com").doesNotContain("flow.example");
    }

    @Test
    void anAnswerToAWithdrawnRequestIsSaidNotToCountWithTheReasonAndGetsItsCommentBack() throws Exception {
        stands(ended(Status.WITHDRAWN, null, person(null)));

        MockHttpServletResponse page = submit(
                codes.mint(decisionLink(0, APPROVE, Comments.OPTIONAL)), "outcome", "0", "comment", "Fine by me");

        assertThat(page.getStatus()).isEqualTo(410);
        assertThat(page.getContentAsString())
                .contains("Your answer was not counted", "The plan has changed", "Fine by me");
    }

    @Test
    void aDecisionOfTwoIsCreditedToBoth() throws Exception {
        stands(decided(APPROVE, 1, person(given(APPROVE)), person(given(APPROVE)), person(given(REJECT))));

        assertThat(visit(link(2, REJECT)).getContentAsString())
                .contains("person0@example.com\nperson1@example.com")
                .doesNotContain("person2@example.com");
    }

    @Test
    void anAnswerToAQuorumThatGoesOnIsRecorded() throws Exception {
        stands(open(person(given(REJECT)), person(null)));

        assertThat(submit(link(0, REJECT), "outcome", "1").getStatus()).isEqualTo(200);
        assertThat(submit(link(0, REJECT), "outcome", "0").getStatus()).isEqualTo(409);
        assertThat(visit(link(0, REJECT)).getStatus()).isEqualTo(200);
    }

    @Test
    void theAnswerThatMakesAgreementImpossibleIsRecorded() throws Exception {
        stands(ended(Status.NO_AGREEMENT, APPROVE, person(given(APPROVE)), person(given(REJECT))));

        MockHttpServletResponse page = submit(link(1, REJECT), "outcome", "1");

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(visit(link(1, REJECT)).getStatus()).isEqualTo(410);
    }

    @Test
    void onlyThePersonWhoseAnswerHoldsIsLedBack() throws Exception {
        stands(decided(APPROVE, 0, person(given(APPROVE)), person(given(REJECT)), person(null)));

        assertThat(visit(link(0, APPROVE)).getContentAsString()).contains("https://flow.example/join");
        assertThat(visit(link(1, APPROVE)).getContentAsString()).doesNotContain("https://flow.example/join");
        assertThat(visit(link(2, APPROVE)).getContentAsString()).doesNotContain("https://flow.example/join");
    }

    @ParameterizedTest
    @EnumSource(
            value = Status.class,
            names = {"TIMED_OUT", "NO_AGREEMENT", "WITHDRAWN", "MAIL_FAILED"})
    void aRequestThatEndedWithoutADecisionIsGone(Status status) throws Exception {
        stands(ended(status, null, person(null)));

        assertThat(visit(link(0, APPROVE)).getStatus()).isEqualTo(410);
        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(410);
    }

    @Test
    void aReassignedLinkIsGone() throws Exception {
        stands(open(new Person(new Mailbox("new@example.com", null), 1, MailStatus.SENT, null, null, 0)));

        assertThat(visit(link(0, APPROVE)).getStatus()).isEqualTo(410);
        assertThat(visit(link(0, APPROVE)).getContentAsString()).doesNotContain("new@example.com");
        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(410);
    }

    @Test
    void aTerminatedOrForgottenRequestIsGone() throws Exception {
        runs.closed = true;
        for (Standing standing : List.of(new Standing.Terminated(), new Standing.Forgotten())) {
            runs.standing = signals -> standing;

            assertThat(visit(link(0, APPROVE)).getStatus()).isEqualTo(410);
            assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(410);
        }
    }

    @Test
    void anAnswerThatNoWorkerHasConfirmedIsAccepted() throws Exception {
        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(202);
        assertThat(runs.signals).hasSize(1);
    }

    @Test
    void aVisitThatNobodyAnswersIsToTryAgain() throws Exception {
        MockHttpServletResponse page = visit(link(0, APPROVE));

        assertThat(page.getStatus()).isEqualTo(503);
        assertThat(page.getHeader("Retry-After")).isEqualTo("5");
    }

    @Test
    void withoutTemporalNothingIsRecorded() throws Exception {
        runs.unreachable = true;

        MockHttpServletResponse page = submit(link(0, APPROVE), "outcome", "0");

        assertThat(page.getStatus()).isEqualTo(503);
        assertThat(page.getHeader("Retry-After")).isNotNull();
        assertThat(runs.signals).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", ".", ")", "%3E", "%29.", "/."})
    void whatAMailReaderAddedToALinkIsForgiven(String added) throws Exception {
        stands(open(person(null), person(null)));

        assertThat(perform(get(URI.create("/decide/" + link(0, APPROVE) + added)))
                        .getStatus())
                .isEqualTo(200);
        assertThat(perform(post(URI.create("/decide/" + link(0, REJECT) + added)))
                        .getStatus())
                .isEqualTo(202);
        assertThat(runs.signals).hasSize(1);
    }

    @Test
    void marksOfACodeMayBePercentEncoded() throws Exception {
        stands(open(person(null), person(null)));
        for (int recipient = 0; recipient < 2; recipient++) {
            String encoded = link(recipient, APPROVE).replace("-", "%2D").replace("_", "%5F");
            assertThat(perform(get(URI.create("/decide/" + encoded))).getStatus())
                    .isEqualTo(200);
        }
    }

    @Test
    void aHiddenChoiceHasNoButtonAndCanHoldAllTheSame() throws Exception {
        stands(withHidden(open(person(null))));
        assertThat(visit(link(0, APPROVE)).getContentAsString())
                .contains("Reject")
                .doesNotContain("Expired");

        stands(withHidden(ended(Status.TIMED_OUT, 2, person(null))));
        MockHttpServletResponse page = visit(link(0, APPROVE));
        assertThat(page.getStatus()).isEqualTo(410);
        assertThat(page.getContentAsString()).contains("Expired");
    }

    @Test
    void thePageOfTheDecidingAnswerLeadsIntoTheFlowByItself() throws Exception {
        stands(leadingOn(told(APPROVE, person(given(APPROVE)))));
        taken = Optional.of(new Reached("FORWARD", "https://flow.example/join?a=b&c=d", false));

        String page = submit(link(0, APPROVE), "outcome", "0").getContentAsString();

        assertThat(page)
                .contains("<meta http-equiv=\"refresh\" content=\"0;url=https://flow.example/join?a=b&amp;c=d\">")
                .contains("href=\"https://flow.example/join?a=b&amp;c=d\"");
        assertThat(waited).containsExactly(Duration.ofSeconds(2));
    }

    @Test
    void whereFlowCannotBeReachedThePageSaysSoAndOffersToLookAgain() throws Exception {
        stands(leadingOn(told(APPROVE, person(given(APPROVE)))));

        MockHttpServletResponse page = submit(link(0, APPROVE), "outcome", "0");

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString())
                .contains("as soon as it has been told", "href=\"\"")
                .doesNotContain("http-equiv");
    }

    @Test
    void anotherProcessMayHaveToldFlow() throws Exception {
        DecisionState pending = leadingOn(told(APPROVE, person(given(APPROVE))));
        runs.standing = signals -> new Standing.Told(
                runs.looks > 1 ? pending.after(new Reached(null, "https://flow.example/join", false)) : pending);

        assertThat(submit(link(0, APPROVE), "outcome", "0").getContentAsString())
                .contains("http-equiv=\"refresh\"");
    }

    @Test
    void noOtherPageLeadsAnywhereByItself() throws Exception {
        DecisionState state = leadingOn(decided(APPROVE, 0, person(given(APPROVE)), person(given(APPROVE))));
        stands(state);
        assertThat(visit(link(0, APPROVE)).getContentAsString())
                .contains("flow.example")
                .doesNotContain("http-equiv");
        assertThat(submit(link(1, APPROVE), "outcome", "0").getContentAsString())
                .as("agreed, but did not decide")
                .doesNotContain("http-equiv");
        assertThat(submit(link(0, APPROVE), "outcome", "1").getContentAsString())
                .doesNotContain("http-equiv");

        stands(decided(APPROVE, 0, person(given(APPROVE))));
        assertThat(submit(link(0, APPROVE), "outcome", "0").getContentAsString())
                .as("After Answer is page")
                .contains("flow.example")
                .doesNotContain("http-equiv");
    }

    /** Temporal has the end, and Flow is being told. */
    private DecisionState told(int outcome, Person... people) {
        return state(Status.DECIDED, Comments.OFF, outcome, 0, CallbackStatus.PENDING, people);
    }

    private DecisionState leadingOn(DecisionState state) {
        return new DecisionState(
                state.status(),
                state.from(),
                state.subject(),
                state.choices(),
                state.deadline(),
                state.language(),
                state.comments(),
                state.people(),
                state.outcome(),
                state.decidedBy(),
                state.endedAt(),
                state.callback(),
                state.callbackError(),
                state.wayBack(),
                state.flowSaid(),
                state.flowHadBeenAnswered(),
                state.offered(),
                state.tones(),
                AfterAnswer.FLOW,
                state.receipt(),
                state.confirmation(),
                state.proof(),
                state.excerpt(),
                state.agreement(),
                state.reason(),
                state.timeZone(),
                state.hold(),
                state.held());
    }

    private DecisionState withHidden(DecisionState state) {
        return new DecisionState(
                state.status(),
                state.from(),
                state.subject(),
                List.of("Approve", "Reject", "Expired"),
                state.deadline(),
                state.language(),
                state.comments(),
                state.people(),
                state.outcome(),
                state.decidedBy(),
                state.endedAt(),
                state.callback(),
                state.callbackError(),
                state.wayBack(),
                state.flowSaid(),
                state.flowHadBeenAnswered(),
                2,
                null,
                null,
                state.receipt(),
                state.confirmation(),
                state.proof(),
                state.excerpt(),
                state.agreement(),
                state.reason(),
                state.timeZone(),
                state.hold(),
                state.held());
    }

    @Test
    void codesThatAreNotOursAreAllAlike() throws Exception {
        String genuine = link(0, APPROVE);
        String removedKey = new LinkCodes(key(2)).mint(decisionLink(0, APPROVE, Comments.OFF));
        String body = visit("x").getContentAsString();

        for (String bad : List.of(
                "",
                "x",
                "a/b",
                removedKey,
                genuine.substring(1),
                genuine + "A",
                genuine.toLowerCase(java.util.Locale.ROOT))) {
            MockHttpServletResponse page = visit(bad);
            assertThat(page.getStatus()).isEqualTo(404);
            assertThat(page.getContentAsString()).isEqualTo(body);
            assertThat(submit(bad, "outcome", "0").getContentAsString()).isEqualTo(body);
        }
        assertThat(runs.looks).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "-1", "one", "999", "", "0x0", "1e0", "٠"})
    void anOutcomeThatDoesNotExistCostsNoCall(String outcome) throws Exception {
        assertThat(submit(link(0, APPROVE), "outcome", outcome).getStatus()).isEqualTo(400);
        assertThat(runs.signals).isEmpty();
        assertThat(runs.looks).isZero();
    }

    @Test
    void aRequiredCommentIsAskedForAgain() throws Exception {
        stands(open(Comments.REQUIRED, person(null)));
        String link = codes.mint(decisionLink(0, APPROVE, Comments.REQUIRED));

        MockHttpServletResponse page = submit(link, "outcome", "0", "comment", "  \r\n ");

        assertThat(page.getStatus()).isEqualTo(400);
        assertThat(page.getContentAsString()).contains("<textarea");
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void aCommentTravelsAsPlainText() throws Exception {
        stands(decided(APPROVE, 0, person(given(APPROVE))));

        submit(codes.mint(decisionLink(0, APPROVE, Comments.OPTIONAL)), "outcome", "0", "comment", " a\r\nb\u0000c ");
        submit(codes.mint(decisionLink(0, APPROVE, Comments.OFF)), "outcome", "0", "comment", "not asked for");

        assertThat(runs.signals.get(0).comment()).isEqualTo("a\nb c");
        assertThat(runs.signals)
                .filteredOn(signal -> "not asked for".equals(signal.comment()))
                .isEmpty();
    }

    @Test
    void aPersonReachesARunWithAtMostTwentySignals() throws Exception {
        for (int attempt = 0; attempt < 30; attempt++) {
            submit(link(0, APPROVE), "outcome", "0");
        }
        submit(link(1, APPROVE), "outcome", "0");

        assertThat(runs.signals).filteredOn(signal -> signal.recipient() == 0).hasSize(20);
        assertThat(runs.signals).filteredOn(signal -> signal.recipient() == 1).hasSize(1);
    }

    @Test
    void whatIsFinalIsLookedAtOnceMoreBecauseAnOperatorMayHaveResetIt() throws Exception {
        stands(decided(APPROVE, 0, person(given(APPROVE)), person(null)));
        visit(link(1, REJECT));
        stands(open(person(null), person(null)));

        submit(link(1, REJECT), "outcome", "1");

        assertThat(runs.signals).hasSize(1);
    }

    @Test
    void underCodeNothingIsRecordedUntilTheCodeFromTheMailIsThere() throws Exception {
        confirmation = Confirmation.CODE;
        stands(open(Comments.OPTIONAL, person(null)));
        String code = codes.mint(decisionLink(0, APPROVE, Comments.OPTIONAL));
        String mailed = pageCodes.of(decisionLink(0, REJECT, Comments.OFF));
        assertThat(visit(code).getContentAsString()).contains("name=\"code\"");

        for (String[] fields : List.of(
                new String[] {"outcome", "1", "comment", "fine"},
                new String[] {"outcome", "1", "comment", "fine", "code", ""},
                new String[] {"outcome", "1", "comment", "fine", "code", mailed.substring(1)})) {
            MockHttpServletResponse page = submit(code, fields);

            assertThat(page.getStatus()).isEqualTo(428);
            assertThat(page.getContentAsString())
                    .containsOnlyOnce("<form")
                    .contains("name=\"code\"", ">fine</textarea>", "not been recorded yet")
                    .containsPattern("(?s)<button[^>]* value=\"1\".*<button[^>]* value=\"0\"");
        }
        assertThat(runs.signals).isEmpty();

        runs.standing = signals -> new Standing.Told(decided(REJECT, 0, person(given(REJECT))));
        String typed = " " + mailed.substring(0, 2).toLowerCase(Locale.ROOT) + "-" + mailed.substring(2) + " ";
        assertThat(submit(code, "outcome", "1", "comment", "fine", "code", typed)
                        .getStatus())
                .isEqualTo(200);
        assertThat(runs.signals)
                .extracting(Decide::outcome, Decide::comment, Decide::manner)
                .containsExactly(tuple(REJECT, "fine", new Manner(Manner.CODE, null, 0, List.of())));
    }

    @Test
    void whereACodeMayBeAskedForNothingIsSaidToBeRecordedUnlessItIs() throws Exception {
        runs.standing = signals -> new Standing.Unanswered();
        DecisionLink link = new DecisionLink(WORKFLOW, 0, 0, APPROVE, 2, Comments.OFF, true);

        assertThat(submit(codes.mint(link), "outcome", "0").getStatus()).isEqualTo(503);

        assertThat(runs.signals).isEmpty();
    }

    @Test
    void anotherRecipientsCodeIsWrong() throws Exception {
        confirmation = Confirmation.CODE;
        stands(open(person(null), person(null)));

        MockHttpServletResponse page =
                submit(link(1, APPROVE), "code", pageCodes.of(decisionLink(0, APPROVE, Comments.OFF)));

        assertThat(page.getStatus()).isEqualTo(428);
        assertThat(page.getContentAsString()).contains("That is not the code");
    }

    @Test
    void theWorkflowHasTheLastWordWhereThisProcessDoesNotKnowTheRequest() throws Exception {
        confirmation = Confirmation.CODE;
        stands(open(person(null)));

        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(428);
        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(428);

        assertThat(runs.signals).as("the first only: from then on it is known").hasSize(1);
    }

    @Test
    void underCodeWhoHasAnsweredReadsWhatStands() throws Exception {
        confirmation = Confirmation.CODE;
        stands(open(person(given(APPROVE)), person(null)));
        visit(link(0, APPROVE));

        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(200);
        assertThat(submit(link(0, APPROVE), "outcome", "1").getStatus()).isEqualTo(409);
    }

    @Test
    void wrongCodesAreSlowedDownAndNobodyElseIs() throws Exception {
        confirmation = Confirmation.CODE;
        stands(open(person(null), person(null)));
        for (int attempt = 0; attempt < 12; attempt++) {
            assertThat(submit(link(0, APPROVE), "code", "WR0NG").getStatus()).isEqualTo(428);
        }

        MockHttpServletResponse page =
                submit(link(0, APPROVE), "code", pageCodes.of(decisionLink(0, APPROVE, Comments.OFF)));

        assertThat(page.getStatus()).isEqualTo(428);
        assertThat(page.getContentAsString()).contains("too many wrong codes", "name=\"code\"");
        assertThat(runs.signals).isEmpty();
        assertThat(submit(link(1, APPROVE), "code", "WR0NG").getStatus()).isEqualTo(428);
    }

    @Test
    void onlyWrongCodesAreCounted() throws Exception {
        confirmation = Confirmation.CODE;
        stands(open(person(null)));
        String right = pageCodes.of(decisionLink(0, APPROVE, Comments.OFF));
        for (int attempt = 0; attempt < 15; attempt++) {
            assertThat(submit(link(0, APPROVE), "outcome", "0", "code", right).getStatus())
                    .isEqualTo(202);
        }

        assertThat(submit(link(0, APPROVE), "code", "WR0NG").getContentAsString())
                .contains("That is not the code");
    }

    @Test
    void underButtonACodeIsNeverAskedFor() throws Exception {
        confirmation = Confirmation.BUTTON;
        stands(open(person(null)));
        runs.standing = signals ->
                new Standing.Told(signals.isEmpty() ? open(person(null)) : decided(APPROVE, 0, person(given(APPROVE))));

        assertThat(submit(link(0, APPROVE), "code", "WR0NG").getStatus()).isEqualTo(200);
    }

    @Test
    void aButtonPressedAtOnceDecidesWhateverScannersDidBefore() throws Exception {
        carefullyOpen();
        for (String agent : List.of("scanner", "browser")) {
            visitAs(agent, link(0, REJECT));
            visitAs(agent, link(0, APPROVE));
        }
        String page = visitAs("browser", link(0, APPROVE));

        submitAs("browser", link(0, APPROVE), "page", page, "note", "", "comment", "", "outcome", "0");

        assertThat(runs.signals).hasSize(1);
        assertThat(runs.signals.get(0).manner()).isEqualTo(new Manner(Manner.BUTTON, 0L, 5, List.of()));
    }

    @Test
    void noButtonAndNoTimeLooksAutomatic() throws Exception {
        carefullyOpen();
        String page = visitAs("browser", link(0, APPROVE));

        MockHttpServletResponse answer = submitAs("browser", link(0, APPROVE), "page", page, "comment", "mine");

        assertThat(answer.getStatus()).isEqualTo(428);
        assertThat(answer.getContentAsString()).containsOnlyOnce("<form").contains("name=\"code\"", "name=\"page\"");
        assertThat(runs.signals).isEmpty();

        passes(Duration.ofSeconds(1));
        submitAs("browser", link(0, APPROVE), "page", page);
        assertThat(runs.signals).as("after a second nothing speaks against it").hasSize(1);
    }

    @Test
    void aStampOfAnotherPageSaysNothing() throws Exception {
        carefullyOpen();

        submitAs("browser", link(0, APPROVE), "page", visitAs("scanner", link(0, REJECT)));
        submitAs("browser", link(0, APPROVE), "page", "nonsense");
        submitAs("browser", link(0, APPROVE), "page", "");

        assertThat(runs.signals)
                .extracting(Decide::manner)
                .allSatisfy(manner -> assertThat(requireNonNullElse(manner, new Manner("", null, 0, List.of()))
                                .pageAge())
                        .isNull());
        assertThat(runs.signals).hasSize(3);
    }

    @Test
    void aFilledFieldThatPeopleDoNotSeeLooksAutomatic() throws Exception {
        carefullyOpen();
        visitAs("browser", link(0, APPROVE));
        passes(Duration.ofMinutes(5));

        assertThat(submit(link(0, APPROVE), "outcome", "0", "note", "x").getStatus())
                .isEqualTo(428);
        assertThat(submit(link(0, APPROVE), "outcome", "0", "note", " ").getStatus())
                .isNotEqualTo(428);
    }

    @Test
    void anotherOutcomeForTheSameRecipientWithinTenSecondsLooksAutomatic() throws Exception {
        carefullyOpen();
        submit(link(0, APPROVE), "outcome", "0", "note", "x");
        passes(Duration.ofSeconds(10));

        assertThat(submit(link(0, REJECT), "outcome", "1").getStatus()).isEqualTo(428);
        submit(link(1, REJECT), "outcome", "1");
        assertThat(runs.signals)
                .as("others are not concerned")
                .extracting(Decide::recipient)
                .containsExactly(1);

        passes(Duration.ofSeconds(11));
        submit(link(0, REJECT), "outcome", "1");
        submit(link(0, REJECT), "outcome", "1");
        assertThat(runs.signals)
                .as("a double click, a while later")
                .extracting(Decide::outcome)
                .containsExactly(REJECT, REJECT, REJECT);
    }

    @Test
    void aClientThatHasJustOpenedAnotherLinkMustPressAButton() throws Exception {
        carefullyOpen();
        visitAs("presser", link(0, REJECT));
        passes(Duration.ofSeconds(2));
        assertThat(submitAs("presser", link(0, APPROVE)).getStatus()).isEqualTo(428);
        perform(get("/check/" + codes.mintCheck(decisionLink(1, APPROVE, Comments.OFF)))
                .header("User-Agent", "presser"));
        assertThat(submitAs("presser", link(1, APPROVE)).getStatus()).isEqualTo(428);

        submitAs("reader", link(0, APPROVE));
        assertThat(runs.signals).as("others' visits never count").hasSize(1);
        passes(Duration.ofSeconds(9));
        submitAs("presser", link(0, APPROVE));
        assertThat(runs.signals).as("nor do one's own, a while ago").hasSize(2);
    }

    @Test
    void whoFetchesAllPagesFirstAndSubmitsThemLaterMustPressAButton() throws Exception {
        carefullyOpen();
        String approve = visitAs("presser", link(0, APPROVE));
        String reject = visitAs("presser", link(0, REJECT));
        passes(Duration.ofSeconds(30));

        assertThat(submitAs("presser", link(0, APPROVE), "page", approve).getStatus())
                .isEqualTo(428);
        assertThat(submitAs("presser", link(0, REJECT), "page", reject).getStatus())
                .isEqualTo(428);
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void whoWasDoubtedDecidesWithTheCodeAndWhatWasSeenGoesAlong() throws Exception {
        carefullyOpen();
        submit(link(0, APPROVE), "outcome", "0", "note", "x");
        assertThat(submit(link(0, APPROVE), "outcome", "0", "note", "", "code", "")
                        .getStatus())
                .as("the field of the page that asks")
                .isEqualTo(428);
        String code = pageCodes.of(decisionLink(0, APPROVE, Comments.OFF));

        submit(link(0, APPROVE), "outcome", "0", "note", "x", "code", code);

        assertThat(runs.signals)
                .extracting(Decide::manner)
                .containsExactly(
                        new Manner(Manner.CODE, null, 0, List.of("a field that people do not see was filled")));
    }

    @Test
    void aRequestThatAsksForTheButtonOnlyDoubtsNothing() throws Exception {
        for (Confirmation lax : new Confirmation[] {Confirmation.BUTTON, null}) {
            runs.signals.clear();
            confirmation = lax;
            stands(open(person(null)));

            submit(link(0, APPROVE), "note", "x");

            assertThat(runs.signals).hasSize(1);
        }
    }

    private void carefullyOpen() {
        confirmation = Confirmation.CAREFUL;
        stands(open(person(null), person(null)));
    }

    private void passes(Duration time) {
        now = now.plus(time);
    }

    /** Opens a link; returns what its page holds in the field "page". */
    private String visitAs(String agent, String code) throws Exception {
        String page =
                perform(get("/decide/" + code).header("User-Agent", agent)).getContentAsString();
        return Jsoup.parse(page).expectFirst("input[name=page]").val();
    }

    private MockHttpServletResponse submitAs(String agent, String code, String... fields) throws Exception {
        return perform(submission(code, fields).header("User-Agent", agent));
    }

    @Test
    void anOutcomeThatNeedsProofHasACodeMailedAndAsksForIt() throws Exception {
        confirmation = Confirmation.CODE;
        proof = List.of(APPROVE);
        DecisionState untouched = open(person(null));
        DecisionState asked = open(awaiting(new AwaitedCode(APPROVE, "nonce", Instant.now(), 0)));
        runs.standing = signals -> new Standing.Told(signals.isEmpty() ? untouched : asked);
        assertThat(visit(link(0, APPROVE)).getContentAsString()).doesNotContain("name=\"code\"");

        MockHttpServletResponse page = submit(link(0, APPROVE), "outcome", "0");

        assertThat(page.getStatus()).isEqualTo(428);
        assertThat(page.getContentAsString()).contains("name=\"code\"", "has just been emailed to you");
        Decide.Proof sent = requireNonNull(runs.signals.get(0).proof());
        assertThat(sent.typed()).isNull();
        assertThat(requireNonNull(sent.fresh()).hash()).isNotBlank();

        assertThat(submit(link(0, APPROVE), "outcome", "0", "code", "").getStatus())
                .isEqualTo(428);
        assertThat(runs.signals).as("one a minute").hasSize(1);

        MockHttpServletResponse wrong = submit(link(0, APPROVE), "outcome", "0", "code", "12 34-56");
        assertThat(wrong.getStatus()).isEqualTo(428);
        assertThat(wrong.getContentAsString()).contains("not the code from the newest email");
        assertThat(requireNonNull(runs.signals.get(1).proof()).typed())
                .isEqualTo(FreshCodes.hash(
                        "nonce", decisionLink(0, APPROVE, Comments.OFF).holder(), APPROVE, "123456"));
        assertThat(requireNonNull(runs.signals.get(1).manner()).method()).isEqualTo("proof");
    }

    @Test
    void nobodyHasMoreThanTwoHundredFreshCodesMailed() throws Exception {
        proof = List.of(APPROVE);
        stands(open(person(null)));
        visit(link(0, APPROVE));
        for (int attempt = 0; attempt < 210; attempt++) {
            submit(link(0, APPROVE), "outcome", "0");
        }

        assertThat(runs.signals).hasSize(200);
        MockHttpServletResponse page = submit(link(0, APPROVE), "outcome", "0");
        assertThat(page.getStatus()).isEqualTo(428);
        assertThat(page.getContentAsString()).contains("too many wrong codes");
    }

    @Test
    void theRightFreshCodeIsRecorded() throws Exception {
        proof = List.of(APPROVE, REJECT);
        DecisionState asked = open(awaiting(new AwaitedCode(REJECT, "nonce", Instant.now(), 4)));
        runs.standing =
                signals -> new Standing.Told(signals.isEmpty() ? asked : decided(REJECT, 0, person(given(REJECT))));

        assertThat(submit(link(0, APPROVE), "outcome", "1", "code", "123456").getStatus())
                .isEqualTo(200);
    }

    @Test
    void aFreshCodeThatIsOverCostsNoSignalAndSaysHowToGetAnother() throws Exception {
        proof = List.of(APPROVE);
        stands(open(awaiting(new AwaitedCode(APPROVE, "nonce", Instant.now(), 5))));
        visit(link(0, APPROVE));

        MockHttpServletResponse page = submit(link(0, APPROVE), "code", "123456");

        assertThat(page.getStatus()).isEqualTo(428);
        assertThat(page.getContentAsString()).contains("no longer valid");
        assertThat(submit(link(0, APPROVE)).getContentAsString()).contains("wait a minute");
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void aProcessThatDoesNotKnowTheRequestYetLearnsOfTheProofFromTheWorkflow() throws Exception {
        proof = List.of(APPROVE);
        stands(open(person(null)));

        assertThat(submit(link(0, APPROVE), "outcome", "0").getStatus()).isEqualTo(428);

        assertThat(runs.signals).hasSize(2);
        assertThat(runs.signals.get(0).proof()).isNull();
        assertThat(requireNonNull(runs.signals.get(1).proof()).fresh()).isNotNull();
    }

    private static Person awaiting(AwaitedCode code) {
        return new Person(new Mailbox("placeholder@example.com", null), 0, MailStatus.SENT, null, null, 0, code);
    }

    @Test
    void theLinkForScannersDecidesNothing() throws Exception {
        DecisionLink link = decisionLink(0, APPROVE, Comments.OFF);
        String check = codes.mintCheck(link);

        assertThat(perform(get("/check/" + check)).getStatus()).isEqualTo(200);
        assertThat(perform(head("/check/" + check)).getStatus()).isEqualTo(200);
        assertThat(perform(get("/check/" + check)).getContentAsString()).contains("This link decides nothing");
        assertThat(perform(get("/check/" + codes.mint(link))).getStatus()).isEqualTo(404);
        assertThat(visit(check).getStatus()).isEqualTo(404);
        assertThat(submit(check, "outcome", "0").getStatus()).isEqualTo(404);
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void everyPageCarriesTheProtectiveHeaders() throws Exception {
        stands(open(person(null)));
        for (MockHttpServletResponse page : List.of(visit(link(0, APPROVE)), visit("nonsense"))) {
            assertThat(page.getHeader("Cache-Control")).isEqualTo("no-store");
            assertThat(page.getHeader("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'")
                    .doesNotContain("unsafe");
            assertThat(page.getHeader("Referrer-Policy")).isEqualTo("same-origin");
            assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(page.getHeader("X-Robots-Tag")).isEqualTo("noindex, nofollow");
        }
    }

    private void stands(DecisionState state) {
        runs.standing = signals -> new Standing.Told(state);
    }

    private String link(int recipient, int outcome) {
        return codes.mint(decisionLink(recipient, outcome, Comments.OFF));
    }

    private static DecisionLink decisionLink(int recipient, int outcome, Comments comments) {
        return new DecisionLink(WORKFLOW, recipient, 0, outcome, 2, comments);
    }

    private MockHttpServletResponse visit(String code) throws Exception {
        return perform(get("/decide/" + code));
    }

    private MockHttpServletResponse submit(String code, String... fields) throws Exception {
        return perform(submission(code, fields));
    }

    private static MockHttpServletRequestBuilder submission(String code, String... fields) {
        String form = IntStream.range(0, fields.length / 2)
                .mapToObj(field -> encoded(fields[2 * field]) + "=" + encoded(fields[2 * field + 1]))
                .collect(Collectors.joining("&"));
        return post("/decide/" + code)
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .content(form);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private MockHttpServletResponse perform(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response = pages.perform(request).andReturn().getResponse();
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return response;
    }

    private static Given given(int outcome) {
        return new Given(outcome, null, NOON, null);
    }

    private static Person person(@Nullable Given answer) {
        return new Person(new Mailbox("placeholder@example.com", null), 0, MailStatus.SENT, null, answer, 0);
    }

    private DecisionState open(Person... people) {
        return open(Comments.OFF, people);
    }

    private DecisionState open(Comments comments, Person... people) {
        return state(Status.WAITING, comments, null, null, CallbackStatus.NONE, people);
    }

    private DecisionState decided(int outcome, int decider, Person... people) {
        return state(Status.DECIDED, Comments.OFF, outcome, decider, CallbackStatus.REACHED, people);
    }

    private DecisionState decidedUntold(int outcome, int decider, Person... people) {
        return state(Status.DECIDED, Comments.OFF, outcome, decider, CallbackStatus.PENDING, people);
    }

    private DecisionState ended(Status status, @Nullable Integer outcome, Person... people) {
        return state(status, Comments.OFF, outcome, null, CallbackStatus.PENDING, people);
    }

    private DecisionState state(
            Status status,
            Comments comments,
            @Nullable Integer outcome,
            @Nullable Integer decider,
            CallbackStatus callback,
            Person... people) {
        List<Person> named = IntStream.range(0, people.length)
                .mapToObj(place -> named(people[place], place))
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

    private static Person named(Person person, int place) {
        return person.generation() > 0
                ? person
                : new Person(
                        new Mailbox("person" + place + "@example.com", null),
                        person.generation(),
                        person.mail(),
                        null,
                        person.answer(),
                        0,
                        person.code());
    }

    private static KeyRing key(int fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, (byte) fill);
        return KeyRing.parse("test:" + Base64.getEncoder().encodeToString(bytes));
    }
}
