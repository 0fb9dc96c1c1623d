package dev.flowmail.verification.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LateAnswerTest {

    @Test
    void anOutcomeIsToldByItsNameWithWhoAnsweredWhat() {
        LateAnswer answer = LateAnswer.of("""
                {"selectedOutcomeId": "1", "rootFaults": null, "outputs": [
                  {"developerName": "Receipt", "contentValue": "eyJ.x.y"},
                  {"developerName": "Answers", "objectData": [{"properties": [
                    {"developerName": "Recipient", "contentValue": "anna@example.com"},
                    {"developerName": "Outcome", "contentValue": "Approve"}]}]}]}
                """, Map.of("1", "Approve"));

        assertThat(answer.end()).isEqualTo("Approve");
        assertThat(answer.isFault()).isFalse();
        assertThat(answer.hasReceipt()).isTrue();
        assertThat(answer.answers()).containsExactly("anna@example.com=Approve");
    }

    @Test
    void aFaultIsToldByItsCode() {
        LateAnswer answer = LateAnswer.of(
                "{\"selectedOutcomeId\": null, \"rootFaults\": {\"Timeout\": \"Time is up.\"}, \"outputs\": []}",
                Map.of());

        assertThat(answer.end()).isEqualTo("Timeout");
        assertThat(answer.isFault()).isTrue();
        assertThat(answer.hasReceipt()).isFalse();
    }
}
