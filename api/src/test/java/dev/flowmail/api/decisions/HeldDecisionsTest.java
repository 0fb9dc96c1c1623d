package dev.flowmail.api.decisions;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Held;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.mail.Question.Comments;
import java.util.List;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.web.MockHttpServletResponse;

/** What whoever decided may change while the decision is held, and what everybody sees meanwhile. */
class HeldDecisionsTest extends RecipientPages {

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
        // only a button needs no code, which an older page has no field for
        assertThat(runs.signals.isEmpty()).isEqualTo(policy != Confirmation.BUTTON);
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
}
