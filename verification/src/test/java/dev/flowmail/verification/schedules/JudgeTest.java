package dev.flowmail.verification.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.schedules.Click.How;
import dev.flowmail.verification.schedules.Facts.Sent;
import dev.flowmail.verification.schedules.Manners.OfFlow;
import dev.flowmail.verification.schedules.Manners.OfMail;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class JudgeTest {
    private static final Instant START = Instant.parse("2026-11-28T10:00:00Z");
    private static final String ANNA = "person1@example.com";

    private List<Told> told = List.of(told(2_000, "Approve", OfFlow.SLOW, true));
    private List<Sent> mails = List.of(new Sent(START.plusMillis(100), ANNA));
    private List<Click> clicks = List.of(click("Approve", 200));
    private int withdrawn;
    private boolean maybeWithdrawn;
    private boolean released;
    private int hold;
    private List<Instant> killed = List.of();
    private List<Instant> reset = List.of();
    private String attribute = "Decided";
    private List<String> history = List.of("Waiting", "Decided");
    private JsonNode state = state("DECIDED", "0", "{\"outcome\": 0}", 2);
    private Page page = page(200, "Approve");

    @Test
    void anAnswerThatEveryoneAgreesOnIsFine() {
        assertThat(judge()).isEmpty();
    }

    @Test
    void twoEndsAreNot() {
        told = List.of(told(2_000, "Reject", OfFlow.SLOW, true), told(2_500, "Approve", OfFlow.TAKES, true));

        assertThat(judge()).contains("Flow was told two ends: Reject, then Approve");
    }

    @Test
    void silenceIsNot() {
        told = List.of();

        assertThat(judge()).containsExactly("Flow was never told");
    }

    @Test
    void aRepeatIsFineWhereFlowHasNotAnswered() {
        told = List.of(told(2_000, "Approve", OfFlow.FAILS, true), told(4_000, "Approve", OfFlow.TAKES, true));

        assertThat(judge()).isEmpty();
    }

    @Test
    void aRepeatIsFineWhereFlowmailWasKilledBetween() {
        told = List.of(told(2_000, "Approve", OfFlow.TAKES, true), told(4_000, "Approve", OfFlow.TAKES, true));
        killed = List.of(START.plusMillis(3_000));

        assertThat(judge()).isEmpty();
    }

    @Test
    void aRepeatIsWrongWhereFlowHadAnswered() {
        told = List.of(told(2_000, "Approve", OfFlow.TAKES, true), told(4_000, "Approve", OfFlow.TAKES, true));

        assertThat(judge()).containsExactly("Flow was told again though it had answered");
    }

    @Test
    void anAnswerThatWasRecordedMustStand() {
        clicks = List.of(click("Approve", 200), click("Reject", 200));

        assertThat(judge()).anyMatch(fault -> fault.contains("was told that it is recorded"));
    }

    @Test
    void anAnswerThatWasChangedNeedNotStand() {
        told = List.of(told(4_000, "Approve", OfFlow.TAKES, true));
        clicks = List.of(click("Reject", 200), later("Approve", How.CHANGE, 200));
        assertThat(judge()).isEmpty();

        clicks = List.of(click("Reject", 200), later("Approve", How.PRESS, 200));
        assertThat(judge()).anyMatch(fault -> fault.contains("was told that it is recorded"));
    }

    @Test
    void aHeldDecisionMustNotBeToldEarly() {
        hold = 2;
        assertThat(judge()).containsExactly("Flow was told after 100 ms of a hold of 2 s");

        released = true;
        assertThat(judge()).isEmpty();

        released = false;
        told = List.of(told(3_900, "Approve", OfFlow.TAKES, true));
        assertThat(judge()).isEmpty();
    }

    @Test
    void whatWasHeldMayHaveStoodOtherwise() {
        history = List.of("Waiting", "NoAgreement", "Decided");
        assertThat(judge()).containsExactly("the history says [Waiting, NoAgreement, Decided], the query Decided");

        hold = 2;
        told = List.of(told(3_900, "Approve", OfFlow.TAKES, true));
        assertThat(judge()).isEmpty();

        history = List.of("Waiting", "Decided", "NoAgreement");
        assertThat(judge()).hasSize(1);
    }

    @Test
    void whoWasAskedForTheCodeGivesItAndIsNotAskedAgain() {
        clicks = List.of(click("Approve", 428), later("Approve", How.CODE, 200));
        assertThat(judge()).isEmpty();

        clicks = List.of(click("Approve", 428));
        assertThat(judge()).containsExactly(ANNA + "=Approve was told that it does not count, and it does");

        clicks = List.of(click("Approve", 200), later("Approve", How.CODE, 428));
        assertThat(judge()).containsExactly(ANNA + "=Approve was asked for a code though it came with one");
    }

    @Test
    void everyEndHasAReceipt() {
        told = told.stream()
                .map(one -> new Told(
                        one.at(),
                        one.content(),
                        one.end(),
                        one.isFault(),
                        one.answers(),
                        false,
                        one.manner(),
                        one.wasHeard()))
                .toList();

        assertThat(judge()).containsExactly("Flow was given no receipt");
    }

    @Test
    void aRepeatIsFineWhereTheRunWasResetBetween() {
        told = List.of(told(2_000, "Approve", OfFlow.TAKES, true), told(4_000, "Approve", OfFlow.TAKES, true));
        reset = List.of(START.plusMillis(3_000));

        assertThat(judge()).isEmpty();
    }

    @Test
    void anAnswerThatWasRefusedMustNotStand() {
        clicks = List.of(click("Approve", 410));

        assertThat(judge()).anyMatch(fault -> fault.contains("was told that it does not count"));
    }

    @Test
    void anEndThatNobodyBroughtAboutIsWrong() {
        told = List.of(told(2_000, "Withdrawn", OfFlow.TAKES, true));
        attribute = "Withdrawn";
        history = List.of("Waiting", "Withdrawn");
        state = state("WITHDRAWN", "null", "null", 2);
        clicks = List.of();
        page = page(410, "withdrawn");

        assertThat(judge()).containsExactly("it is withdrawn, and nobody has withdrawn it");

        maybeWithdrawn = true;
        assertThat(judge()).isEmpty();
    }

    @Test
    void aWithdrawalThatWasDoneMustHold() {
        withdrawn = 1;

        assertThat(judge()).containsExactly("it was withdrawn, and is Decided");
    }

    @Test
    void timeIsNotUpBeforeTheDeadline() {
        told = List.of(told(2_000, "Reject", OfFlow.TAKES, true));
        attribute = "TimedOut";
        history = List.of("TimedOut");
        state = state("TIMED_OUT", "1", "null", 2);
        clicks = List.of();
        page = page(410, "Reject");

        assertThat(judge()).containsExactly("time is up before the deadline");
    }

    @Test
    void allPlacesMustSayTheSame() {
        attribute = "TimedOut";
        history = List.of("Waiting", "TimedOut", "Decided");
        page = page(410, "Time is up");

        assertThat(judge())
                .hasSize(5)
                .anyMatch(fault -> fault.startsWith("FlowmailStatus is TimedOut"))
                .anyMatch(fault -> fault.startsWith("the history says"))
                .anyMatch(fault -> fault.contains("page answers 410"))
                .anyMatch(fault -> fault.contains("page does not say Approve"));
    }

    @Test
    void nobodyIsMailedAfterTheEnd() {
        mails = List.of(new Sent(START.plusMillis(100), ANNA), new Sent(START.plusMillis(5_000), ANNA));

        assertThat(judge()).containsExactly(ANNA + " was mailed 3000 ms after Flow was told");
    }

    private List<String> judge() {
        Schedule schedule = new Schedule(
                1,
                1,
                1,
                1,
                false,
                5,
                "Reject",
                0,
                hold,
                "careful",
                List.of(OfMail.TAKES),
                List.of(OfFlow.SLOW),
                List.of());
        return Judge.judge(new Facts(
                schedule,
                START,
                told,
                mails,
                clicks,
                withdrawn,
                maybeWithdrawn,
                released,
                List.of(),
                List.of(),
                killed,
                reset,
                "COMPLETED",
                attribute,
                history,
                "**" + attribute + "**",
                state,
                Map.of(ANNA, page)));
    }

    private static Told told(int millis, String end, OfFlow manner, boolean heard) {
        boolean fault = end.equals("Withdrawn");
        List<String> answers = end.equals("Approve") ? List.of(ANNA + "=Approve") : List.of();
        return new Told(START.plusMillis(millis), end, end, fault, answers, true, manner, heard);
    }

    private static Click click(String outcome, int status) {
        return new Click(START.plusMillis(1_900), START.plusMillis(2_100), ANNA, outcome, How.PRESS, status);
    }

    private static Click later(String outcome, How how, int status) {
        return new Click(START.plusMillis(3_000), START.plusMillis(3_100), ANNA, outcome, how, status);
    }

    private static JsonNode state(String status, String outcome, String answer, int endedAfter) {
        return JsonMapper.shared().readTree("""
            {"status": "%s", "choices": ["Approve", "Reject"], "outcome": %s, "decidedBy": 0,
             "deadline": "2026-11-28T10:00:05Z", "endedAt": "2026-11-28T10:00:0%dZ",
             "people": [{"mailbox": {"address": "%s"}, "mail": "SENT", "answer": %s}]}
            """.formatted(status, outcome, endedAfter, ANNA, answer));
    }

    private static Page page(int status, String text) {
        return new Page(
                URI.create("http://localhost/decide/x"),
                status,
                HttpHeaders.of(Map.of(), (name, value) -> true),
                "<p>" + text + "</p>");
    }
}
