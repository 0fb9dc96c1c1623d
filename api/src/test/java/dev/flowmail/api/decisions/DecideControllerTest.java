package dev.flowmail.api.decisions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.head;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import dev.flowmail.workflows.mail.Question.Tone;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** Every state of a request, as its recipients see it. */
class DecideControllerTest extends RecipientPages {

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
    void whoeverLooksBeforeTheirAnswersEndIsKnownIsToldThatItIsRecorded() throws Exception {
        stands(open(person(null)));
        visit(link(0, APPROVE));
        runs.standing = signals -> new Standing.Recorded();

        MockHttpServletResponse page = visit(link(0, REJECT));

        assertThat(page.getStatus()).isEqualTo(200);
        assertThat(page.getContentAsString())
                .contains("Your answer is recorded but not confirmed yet", "Holiday")
                .doesNotContain("<form", "Reject");
        assertThat(perform(head("/decide/" + link(0, REJECT))).getStatus()).isEqualTo(200);
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

    /** Temporal has the end, and Flow is being told. */
    private DecisionState told(int outcome, Person... people) {
        return state(Status.DECIDED, Comments.OFF, outcome, 0, CallbackStatus.PENDING, people);
    }

    private DecisionState leadingOn(DecisionState state) {
        return copy(state, state.choices(), state.offered(), state.tones(), AfterAnswer.FLOW);
    }

    private DecisionState withHidden(DecisionState state) {
        return copy(state, List.of("Approve", "Reject", "Expired"), 2, null, null);
    }

    private static DecisionState copy(
            DecisionState state,
            List<String> choices,
            @Nullable Integer offered,
            @Nullable List<Tone> tones,
            @Nullable AfterAnswer afterAnswer) {
        return new DecisionState(
                state.status(),
                state.from(),
                state.subject(),
                choices,
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
                offered,
                tones,
                afterAnswer,
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

    private DecisionState decidedUntold(int outcome, int decider, Person... people) {
        return state(Status.DECIDED, Comments.OFF, outcome, decider, CallbackStatus.PENDING, people);
    }

    private DecisionState ended(Status status, @Nullable Integer outcome, Person... people) {
        return state(status, Comments.OFF, outcome, null, CallbackStatus.PENDING, people);
    }
}
