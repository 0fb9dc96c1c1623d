package dev.flowmail.verification.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.recipient.Page;
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
    private List<Instant> killed = List.of();
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
        Schedule schedule =
                new Schedule(1, 1, 1, 1, false, 5, "Reject", 0, List.of(OfMail.TAKES), List.of(OfFlow.SLOW), List.of());
        return Judge.judge(new Facts(
                schedule,
                START,
                told,
                mails,
                clicks,
                withdrawn,
                maybeWithdrawn,
                List.of(),
                List.of(),
                killed,
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
        return new Told(START.plusMillis(millis), end, end, fault, answers, manner, heard);
    }

    private static Click click(String outcome, int status) {
        return new Click(START.plusMillis(1_900), START.plusMillis(2_100), ANNA, outcome, status);
    }

    private static JsonNode state(String status, String outcome, String answer, int endedAfter) {
        return JsonMapper.shared().readTree("""
            {"status": "%s", "choices": ["Approve", "Reject"], "outcome": %s,
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
