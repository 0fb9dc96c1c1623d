package dev.flowmail.api.edge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class SlowHashTest {

    private final SlowHash hash = SlowHash.of("flow:secret");

    @Test
    void theRightOneIsKnownHoweverManyGuessAtTheSameTime() {
        AtomicBoolean isOver = new AtomicBoolean();
        ExecutorService guessers = Executors.newFixedThreadPool(60);
        try {
            for (int guesser = 0; guesser < 60; guesser++) {
                guessers.execute(() -> {
                    while (!isOver.get()) {
                        assertThat(hash.isOf("flow:guess".getBytes(UTF_8))).isFalse();
                    }
                });
            }
            for (int time = 0; time < 1_000; time++) {
                assertThat(hash.isOf("flow:secret".getBytes(UTF_8))).isTrue();
            }
        } finally {
            isOver.set(true);
            guessers.shutdownNow();
        }
    }

    @Test
    void noOtherIsRight() {
        for (String other : new String[] {"", "flow:", "flow:secre", "flow:secret ", "Flow:secret"}) {
            assertThat(hash.isOf(other.getBytes(UTF_8))).as(other).isFalse();
            assertThat(hash.isKnown(other.getBytes(UTF_8))).as(other).isFalse();
        }
    }
}
