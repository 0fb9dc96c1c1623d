package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.Wire;
import dev.flowmail.api.wire.WireTest;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Where Spring Boot would believe {@code X-Forwarded-*} by itself. */
@WireTest
@TestPropertySource(properties = {"flowmail.limits.requests-per-source=5", "spring.main.cloud-platform=kubernetes"})
class RateLimitFilterTest {
    private static final String METADATA = "/api/email/1/metadata";

    @LocalServerPort
    private int port;

    @Autowired
    private LinkCodes codes;

    @Test
    @Timeout(60)
    void aSourceThatCallsTooOftenIsToldWhenToComeBackWhateverItCallsItself() {
        Instant start = Instant.now();
        Answer answer = call(0);
        int accepted = 0;
        while (answer.status() == 200) {
            accepted++;
            answer = call(accepted);
        }
        // one of the five comes back every twelve seconds
        int most = 5 + Math.toIntExact(Duration.between(start, Instant.now()).dividedBy(Duration.ofSeconds(12)));

        assertThat(accepted).isBetween(5, most);
        assertThat(answer.status()).isEqualTo(429);
        assertThat(answer.json().path("uri").asString()).isEqualTo(METADATA);
        assertThat(answer.message()).contains("FLOWMAIL_LIMITS_REQUESTS_PER_SOURCE");
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, 60);
        assertThat(Http.get(port, "/api/email/1/health").status()).isEqualTo(200);
        assertThat(Http.get(port, "/actuator/health/liveness").status()).isEqualTo(200);
        assertThat(Http.get(port, Wire.genuineLink(codes)).status()).isEqualTo(410);
    }

    private Answer call(int request) {
        return Http.post(port, METADATA, "{}", "X-Forwarded-For", "203.0.113." + request);
    }
}
