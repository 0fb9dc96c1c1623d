package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;

/** What is asked of whom, by which rules, is what the inputs of a decision say. */
@WireTest
class DecisionInputsTest extends ActionCalls {
    @Test
    void aDecisionIsAskedWithItsRules() {
        Answer answer = post(
                CHOICES,
                Samples.of(CHOICES)
                        .noOutcomes()
                        .outcome("id-3", "third", "", 9)
                        .outcome("id-1", "first", "One", 1)
                        .outcome("id-2", "second", null, 1)
                        .contacts("To", "A@example.com", "A", "b@example.com", "B", "a@EXAMPLE.com", "Again")
                        .property("culture", null)
                        .input("Timeout", "48 hours")
                        .input("Timeout Outcome", "third")
                        .input("Remind Every", "PT24H")
                        .input("Answers Needed", "ALL")
                        .input("Veto Outcome", "second")
                        .input("Comments", "Required"));
        assertThat(answer.json()).isEqualTo(Samples.response(CHOICES));
        DecisionRequest decision = dispatcher.decision();
        assertThat(decision.choices())
                .extracting(
                        choice -> choice.outcome().id(),
                        choice -> choice.outcome().developerName(),
                        choice -> choice.label())
                .containsExactly(
                        Assertions.tuple("id-1", "first", "One"),
                        Assertions.tuple("id-2", "second", "second"),
                        Assertions.tuple("id-3", "third", "third"));
        assertThat(decision.recipients())
                .containsExactly(new Mailbox("A@example.com", "A"), new Mailbox("b@example.com", "B"));
        assertThat(decision.rules())
                .isEqualTo(new Rules(
                        Duration.ofHours(48),
                        2,
                        Duration.ofHours(24),
                        2,
                        1,
                        Comments.REQUIRED,
                        AfterAnswer.FLOW,
                        null,
                        Confirmation.CAREFUL,
                        null,
                        "UTC",
                        null));
        assertThat(decision.language()).isEqualTo("en");
        assertThat(decision.debug()).isFalse();
    }

    @Test
    void aDecisionKnowsWhomToTell() {
        String token = "51846b52-e9eb-4e6c-9f27-e2f6dc0213ba";
        String tenant = "67204d5c-6022-474d-8f80-0d576b43d02d";
        String who = "ManyWhoTenantId%3D" + tenant + "%26Token%3Da%3Db%3D%26Email%3Djane%40example.com";
        Answer answer = Http.post(port, path(CHOICES), Samples.of(CHOICES).json(), "Authorization", who);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(dispatcher.decision().flow())
                .isEqualTo(new FlowReference(
                        tenant,
                        "340279d0-350c-4886-9af8-86ebeda0bd71",
                        token,
                        "https://staging.manywho.com/api/run/1/response",
                        "https://flow.manywho.com/67204d5c-6022-474d-8f80-0d576b43d02d/play/default"
                                + "?join=340279d0-350c-4886-9af8-86ebeda0bd71",
                        who));
        assertThat(dispatcher.decisions().get(0).workflowId()).matches("decision-[0-9a-f]{40}");
        assertThat(dispatcher.decision().rules())
                .isEqualTo(new Rules(
                        Duration.ofDays(28),
                        null,
                        null,
                        1,
                        null,
                        Comments.OFF,
                        AfterAnswer.FLOW,
                        null,
                        Confirmation.CAREFUL,
                        null,
                        "UTC",
                        null));
        assertThat(dispatcher.decision().language()).isEqualTo("en-US");
    }

    @Test
    void whatASubmissionNeedsIsTheRequestsToSay() {
        for (String given : List.of("button", " Careful ", "CODE")) {
            accept(CHOICES, Samples.of(CHOICES).input("Confirmation", given));
        }
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().confirmation())
                .containsExactly(Confirmation.BUTTON, Confirmation.CAREFUL, Confirmation.CODE);
    }

    @Test
    void whichOutcomesNeedAFreshCodeIsTheRequestsToSay() {
        for (String given : List.of("", " ; ", "all", " ALL ", "other", "go;other", "go; other ;other")) {
            accept(
                    CHOICES,
                    Samples.of(CHOICES).outcome("other", "other", null, 9).input("Proof", given));
        }
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().proof())
                .containsExactly(null, null, List.of(0, 1), List.of(0, 1), List.of(1), List.of(0, 1), List.of(0, 1));
    }

    @Test
    void whereTheAnswerLeadsIsTheRequestsToSay() {
        accept(CHOICES, Samples.of(CHOICES).input("After Answer", " Page "));
        accept(CHOICES, Samples.of(CHOICES).input("After Answer", "FLOW"));
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().afterAnswer())
                .containsExactly(AfterAnswer.PAGE, AfterAnswer.FLOW);
    }

    @Test
    void equalAddressesCountOnceHoweverTheyAreWritten() {
        accept(
                CHOICES,
                Samples.of(CHOICES)
                        .contacts(
                                "To",
                                "anna@m\u00fcnchen.example",
                                null,
                                "ANNA@xn--mnchen-3ya.Example",
                                null,
                                "\"anna\"@mu\u0308nchen.example",
                                null,
                                "annas@m\u00fcnchen.example",
                                null));
        assertThat(dispatcher.decision().recipients())
                .extracting(Mailbox::address)
                .containsExactly("anna@m\u00fcnchen.example", "annas@m\u00fcnchen.example");
    }

    @Test
    void theRequesterIsKeptInEveryFormOfTheAddress() {
        accept(CHOICES, Samples.of(CHOICES).input("Requester", " Boss <Boss@m\u00fcnchen.example> "));
        assertThat(dispatcher.decision().rules().requester())
                .containsExactly("Boss@xn--mnchen-3ya.example", "Boss@m\u00fcnchen.example");
    }

    @Test
    void aDecisionIsHeldForUpToAnHourWhereTheRequestSaysSo() {
        accept(CHOICES, Samples.of(CHOICES));
        accept(CHOICES, Samples.of(CHOICES).input("Hold", "10 minutes"));
        accept(CHOICES, Samples.of(CHOICES).input("Hold", "PT1H"));
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().hold())
                .containsExactly(null, Duration.ofMinutes(10), Duration.ofHours(1));
    }

    @Test
    void theTimeZoneIsTheRequestsToSay() {
        accept(CHOICES, Samples.of(CHOICES).input("Time Zone", " europe/berlin "));
        accept(CHOICES, Samples.of(CHOICES).input("Time Zone", "America/New York"));
        assertThat(dispatcher.decisions())
                .extracting(asked -> asked.request().rules().timeZone())
                .containsExactly("Europe/Berlin", "America/New_York");
    }

    @Test
    void aWayBackThatIsNoWebAddressIsDropped() {
        accept(CHOICES, Samples.of(CHOICES).property("joinPlayerUri", "javascript:alert(1)"));
        assertThat(dispatcher.decision().flow()).extracting("joinPlayerUri").isNull();
    }

    @Test
    void withoutOutcomesTheFlowGoesOn() {
        Answer answer = post(
                CHOICES,
                Samples.of(CHOICES).noOutcomes().property("token", null).property("callbackUri", null));
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("invokeType").asString()).isEqualTo("FORWARD");
        assertThat(dispatcher.decision().choices()).isEmpty();
        assertThat(dispatcher.decision().flow()).isNull();
        accept(CHOICES, Samples.of(CHOICES).noOutcomes().property("token", null));
        assertThat(dispatcher.decisions())
                .extracting(RecordingDispatcher.Asked::workflowId)
                .doesNotHaveDuplicates()
                .allMatch(id -> id.matches("decision-[0-9a-f]{40}"));
    }
}
