package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import dev.flowmail.workflows.mail.Question.Tone;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;

/** Which of a message element's outcomes people are offered, and how they look. */
@WireTest
class OutcomesTest {
    private static final String FAULT_ID = "318b0f3a-a570-4c5d-835C-21c1eeb17787";

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @Test
    void flowsOutcomeForFaultsIsOfferedToNobody() {
        Answer answer = post(threeOutcomes()
                .outcome("id-4", "Fault", "Something failed", 0)
                .outcome(FAULT_ID, "Trouble", "Trouble", 1)
                .outcome(null, "fault", null, 2));

        assertThat(answer.json().path("invokeType").asString()).isEqualTo("WAIT");
        assertThat(offered()).containsExactly("approve", "reject", "later");
        assertThat(decision().choices()).hasSize(3);
    }

    @Test
    void flowsOutcomeForFaultsCannotBeNamed() {
        for (String input : List.of("Hidden Outcomes", "Timeout Outcome", "Veto Outcome")) {
            Answer answer =
                    post(threeOutcomes().outcome("id-4", "FAULT", null, 4).input(input, "FAULT"));
            assertThat(answer.status()).as(input).isEqualTo(400);
            assertThat(answer.message()).startsWith(input).contains("developerName");
        }
        assertThat(dispatcher.decisions()).isEmpty();
    }

    @Test
    void whatTheBuilderHidesIsOfferedToNobody() {
        post(threeOutcomes().input("Hidden Outcomes", " later ;; approve; "));

        assertThat(offered()).containsExactly("reject");
        assertThat(decision().rules().timeoutOutcome()).isNull();
    }

    @Test
    void aHiddenOutcomeMayBeTheTimeoutOutcome() {
        post(threeOutcomes().input("Hidden Outcomes", "approve").input("Timeout Outcome", "approve"));

        assertThat(offered()).containsExactly("reject", "later");
        assertThat(decision().rules().timeoutOutcome()).isEqualTo(2);
        assertThat(decision().choices().get(2).outcome().id()).isEqualTo("id-1");
    }

    @Test
    void aHiddenOutcomeIsNoVeto() {
        Answer answer = post(threeOutcomes().input("Hidden Outcomes", "reject").input("Veto Outcome", "reject"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message()).startsWith("Veto Outcome");
    }

    @ParameterizedTest
    @CsvSource({"planted, 1", "Approve, 1", "approve; planted, 2", "approve;reject;later;planted, 4"})
    void anUnknownHiddenOutcomeIs400AndSaysWhich(String names, int number) {
        Answer answer = post(threeOutcomes().input("Hidden Outcomes", names));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.message())
                .startsWith("Hidden Outcomes, name " + number)
                .doesNotContain("planted");
        assertThat(dispatcher.decisions()).isEmpty();
    }

    @Test
    void withNothingLeftToOfferTheMailIsSentAndTheFlowGoesOn() {
        Answer onlyFault = post(Samples.of(ActionNames.DECISION)
                .noOutcomes()
                .outcome("id-1", "FAULT", null, 0)
                .property("callbackUri", null));
        assertThat(onlyFault.status()).as(onlyFault.body()).isEqualTo(200);
        assertThat(onlyFault.json().path("invokeType").asString()).isEqualTo("FORWARD");
        assertThat(onlyFault.json().path("waitMessage").isNull()).isTrue();
        assertThat(decision().choices()).isEmpty();
        assertThat(decision().flow()).isNull();
        dispatcher.reset();

        Answer allHidden = post(
                threeOutcomes().input("Hidden Outcomes", "approve;reject;later").input("Timeout Outcome", "later"));
        assertThat(allHidden.json().path("invokeType").asString()).isEqualTo("FORWARD");
        assertThat(decision().choices()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "Delete, RED",
        "CANCEL, RED",
        "reject, RED",
        "Remove, RED",
        "add, GREEN",
        "IMPORT, GREEN",
        "update, GREEN",
        "Upsert, GREEN",
        "SAVE, BLUE",
        "new, BLUE",
        "apply, BLUE",
        "Submit, BLUE",
        "insert, BLUE",
        "edit, PURPLE",
        "Escalate, PURPLE",
        "query, PURPLE",
        "BACK,",
        "'',",
        "something else,",
        ","
    })
    void thePageActionTypeGivesItsColour(@Nullable String type, @Nullable Tone tone) {
        post(Samples.of(ActionNames.DECISION)
                .noOutcomes()
                .outcome("id-1", "go", null, 0)
                .with("pageActionType", type, "pageActionBindingType", "SAVE"));

        assertThat(tones()).containsExactly(tone);
    }

    @ParameterizedTest
    @CsvSource({
        "btn-danger, SAVE, RED",
        "BTN-SUCCESS, SAVE, GREEN",
        "btn-primary, delete, BLUE",
        "btn-info,, PURPLE",
        "btn-default, delete,",
        "btn-warning, delete, RED",
        "'', delete, RED"
    })
    void theAttributeTypeGoesBeforeIt(String attribute, @Nullable String type, @Nullable Tone tone) {
        post(Samples.of(ActionNames.DECISION)
                .noOutcomes()
                .outcome("id-1", "go", null, 0)
                .with("attributes.type", attribute, "pageActionType", type));

        assertThat(tones()).containsExactly(tone);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{}", "{\"type\": 7}", "{\"type\": {\"a\": []}, \"icon\": null}"})
    void strangeAttributesAreNoColour(String attributes) {
        Samples request = Samples.of(ActionNames.DECISION).noOutcomes().outcome("id-1", "go", null, 0);
        Answer answer = Http.post(
                port,
                "/api/email/1/actions/email-choices",
                request.json().toString().replace("\"order\":0}]", "\"order\":0,\"attributes\":" + attributes + "}]"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(tones()).containsExactly((Tone) null);
    }

    @ParameterizedTest
    @CsvSource({
        "EN, , This process is waiting for a decision requested by email.",
        ", de-DE, 'Dieser Vorgang wartet auf eine Entscheidung, die per E-Mail angefragt wurde.'",
        "xx, fr, This process is waiting for a decision requested by email."
    })
    void flowShowsASentenceInTheRequestsLanguageWhileItWaits(
            @Nullable String language, @Nullable String code, String sentence) {
        Samples request = threeOutcomes();
        request.json().putObject("culture").put("language", language).put("code", code);

        assertThat(post(request).json().path("waitMessage").asString()).isEqualTo(sentence);
    }

    private static Samples threeOutcomes() {
        return Samples.of(ActionNames.DECISION)
                .noOutcomes()
                .outcome("id-1", "approve", "Approve", 1)
                .outcome("id-2", "reject", "Reject", 2)
                .outcome("id-3", "later", null, 3);
    }

    private Answer post(Samples request) {
        return Http.post(port, "/api/email/1/actions/email-choices", request.json());
    }

    private DecisionRequest decision() {
        return dispatcher.decision();
    }

    private List<String> offered() {
        return decision().offered().stream()
                .map(choice -> choice.outcome().developerName())
                .toList();
    }

    private List<@Nullable Tone> tones() {
        return decision().offered().stream().map(Choice::tone).toList();
    }
}
