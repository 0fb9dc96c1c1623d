package dev.flowmail.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final Clock clock = new Clock();
    private final RateLimit limit = new RateLimit(60, clock);

    @Test
    void soManyAtOnceAndNotOneMore() {
        take(60);

        assertThat(limit.take("anna")).contains(Duration.ofSeconds(2));
    }

    @Test
    void asManyMoreComeBackEvenly() {
        take(60);
        clock.advance(Duration.ofSeconds(2));

        take(2);
        assertThat(limit.take("anna")).isPresent();
        clock.advance(Duration.ofMinutes(1));
        take(60);
    }

    @Test
    void whoWaitsAsLongAsTheyAreToldIsLetIn() {
        take(60);

        clock.advance(limit.take("anna").orElseThrow());

        assertThat(limit.take("anna")).isEmpty();
    }

    @Test
    void whatIsGivenBackWasNotCounted() {
        take(60);
        limit.giveBack("anna");

        assertThat(limit.take("anna")).isEmpty();
        assertThat(limit.take("anna")).isPresent();
    }

    @Test
    void whatOneDoesCostsTheOthersNothing() {
        take(60);

        assertThat(limit.take("anna")).isPresent();
        assertThat(limit.take("ben")).isEmpty();
    }

    private void take(int times) {
        for (int time = 0; time < times; time++) {
            assertThat(limit.take("anna")).as("%d", time).isEmpty();
        }
    }

    private static final class Clock implements TimeMeter {
        private long now;

        void advance(Duration time) {
            now += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return now;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
