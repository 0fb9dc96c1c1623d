package dev.flowmail.api.decisions;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import dev.flowmail.workflows.decision.DecisionState.MailStatus;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Manner;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jsoup.Jsoup;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletResponse;

/** Which submissions are asked for a code, from the mail or a fresh one, and which count without. */
class SubmissionGuardTest extends RecipientPages {

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

    private static Person awaiting(AwaitedCode code) {
        return new Person(new Mailbox("placeholder@example.com", null), 0, MailStatus.SENT, null, null, 0, code);
    }
}
