package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.RecordingDispatcher;
import dev.flowmail.api.wire.WireTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.node.ObjectNode;

@WireTest
@TestPropertySource(properties = "flowmail.limits.requests-per-tenant=5")
class TenantLimitsTest {
    private static final String ACTION = "/api/email/1/actions/email-simple";

    @LocalServerPort
    private int port;

    @Autowired
    private RecordingDispatcher dispatcher;

    @BeforeEach
    void forgetOtherTests() {
        dispatcher.reset();
    }

    @Test
    @Timeout(60)
    void aTenantThatAsksTooOftenIsToldWhenToComeBackAndTheOthersGoOn() {
        Instant start = Instant.now();
        Answer answer = send("greedy");
        while (answer.status() == 200) {
            answer = send("greedy");
        }
        // one of the five comes back every twelve seconds
        int most = 5 + Math.toIntExact(Duration.between(start, Instant.now()).dividedBy(Duration.ofSeconds(12)));

        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.header("X-ManyWho-Service-Problem-Kind")).isEqualTo("service");
        assertThat(answer.json().path("statusCode").asInt()).isEqualTo(429);
        assertThat(answer.message()).contains("FLOWMAIL_LIMITS_REQUESTS_PER_TENANT");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(dispatcher.mails()).hasSizeBetween(5, most);
        dispatcher.reset();
        assertThat(send("modest").status()).isEqualTo(200);
        assertThat(dispatcher.mails()).hasSize(1);
    }

    private Answer send(String tenant) {
        ObjectNode request = Http.sample("email-simple-request.json");
        return Http.post(port, ACTION, request.put("tenantId", tenant));
    }
}
