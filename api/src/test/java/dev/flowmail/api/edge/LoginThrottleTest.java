package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.TestPropertySource;

/** Somebody guesses. */
class LoginThrottleTest {

    private static final String METADATA = "/api/email/1/metadata";
    private static final String RIGHT = basic("secret");

    private abstract static class Guessing {
        @LocalServerPort
        int port;

        Answer call(String authorization) {
            return Http.post(port, METADATA, "{}", "Authorization", authorization);
        }

        Answer guessUntilThrottled() {
            Answer answer = call(basic("guess"));
            for (int guess = 0; guess < 2_000 && answer.status() == 401; guess++) {
                answer = call(basic("guess" + guess));
            }
            return answer;
        }
    }

    @Nested
    @WireTest
    @DirtiesContext
    @TestPropertySource(properties = {"flowmail.auth.username=flow", "flowmail.auth.password=secret"})
    class FromAStrangePlace extends Guessing {
        @Test
        void whoIsThrottledLearnsNothingFromTheRightLoginEither() {
            Answer refused = guessUntilThrottled();

            assertThat(refused.status()).isEqualTo(429);
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(30, 61);
            assertThat(refused.header("X-ManyWho-Service-Problem-Kind")).isEqualTo("service");
            assertThat(call(RIGHT).status()).isEqualTo(429);
        }
    }

    @Nested
    @WireTest
    @DirtiesContext
    @TestPropertySource(properties = {"flowmail.auth.username=flow", "flowmail.auth.password=secret"})
    class BesideFlow extends Guessing {
        @Test
        void whoSharesItsSourceWithAGuesserIsNotLockedOut() {
            assertThat(call(RIGHT).status()).isEqualTo(200);

            assertThat(guessUntilThrottled().status()).isEqualTo(429);

            assertThat(call(RIGHT).status()).isEqualTo(200);
            assertThat(call(basic("guess")).status()).isEqualTo(429);
        }

        @Test
        void oneHeaderHoldsNoListOfGuesses() {
            String guesses = IntStream.range(0, 300)
                    .mapToObj(guess -> basic("guess" + guess))
                    .collect(Collectors.joining(","));

            assertThat(call(guesses + "," + RIGHT).status()).isNotEqualTo(200);
            assertThat(call(RIGHT + "," + guesses).status()).isNotEqualTo(200);
            assertThat(call(basic("wrong") + "," + basic("wrong") + "," + RIGHT).status())
                    .isNotEqualTo(200);
        }
    }

    private static String basic(String password) {
        return "Basic " + Base64.getEncoder().encodeToString(("flow:" + password).getBytes(StandardCharsets.UTF_8));
    }
}
