package dev.flowmail.servers;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class OwnFaultsOnlyTest {

    @Test
    void whatAnotherThreadThrowsEndsNoWait() {
        Thread anothers = new Thread(() -> {
            throw new IllegalStateException("thrown by another test's thread");
        });
        anothers.setUncaughtExceptionHandler(null);

        assertThatCode(() -> await().until(() -> {
                    if (anothers.getState() == Thread.State.NEW) {
                        anothers.start();
                        return false;
                    }
                    return !anothers.isAlive();
                }))
                .doesNotThrowAnyException();
    }
}
