package dev.flowmail.api.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private final Clock clock = new Clock();
    private final Quota quota = new Quota(60, clock);

    @Test
    void soManyAtOnceAndNotOneMore() {
        take(60);

        assertThat(quota.take("anna")).contains(Duration.ofSeconds(2));
    }

    @Test
    void asManyMoreComeBackEvenly() {
        take(60);
        clock.advance(Duration.ofSeconds(2));

        take(2);
        assertThat(quota.take("anna")).isPresent();
        clock.advance(Duration.ofMinutes(1));
        take(60);
    }

    @Test
    void whoWaitsAsLongAsTheyAreToldIsLetIn() {
        take(60);

        clock.advance(quota.take("anna").orElseThrow());

        assertThat(quota.take("anna")).isEmpty();
    }

    @Test
    void whatIsGivenBackWasNotCounted() {
        take(60);
        quota.giveBack("anna");

        assertThat(quota.take("anna")).isEmpty();
        assertThat(quota.take("anna")).isPresent();
    }

    @Test
    void whatOneDoesCostsTheOthersNothing() {
        take(60);

        assertThat(quota.take("anna")).isPresent();
        assertThat(quota.take("ben")).isEmpty();
    }

    private void take(int times) {
        for (int time = 0; time < times; time++) {
            assertThat(quota.take("anna")).as("%d", time).isEmpty();
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
