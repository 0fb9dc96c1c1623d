package dev.flowmail.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.awaitility.core.ConditionTimeoutException;

/** The steps of a run, printed as they happen. */
final class Steps {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** UTF-8 whatever the locale, for the ticks. */
    private final PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, UTF_8);

    /** Plays all of them, up to the first that fails. Returns whether none did. */
    boolean play(Runnable all) {
        try {
            all.run();
            return true;
        } catch (StepFailed e) {
            out.println("  ✗ " + e.getMessage());
            return false;
        }
    }

    void done(String step) {
        out.println("  ✓ " + step);
    }

    void waitFor(String what, Callable<Boolean> condition) {
        try {
            await().atMost(PATIENCE).pollInterval(Duration.ofMillis(200)).until(condition);
        } catch (ConditionTimeoutException e) {
            throw new StepFailed("Waited " + PATIENCE.toSeconds() + " s in vain for " + what);
        }
    }

    void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new StepFailed(otherwise);
        }
    }

    private static final class StepFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StepFailed(String message) {
            super(message);
        }
    }
}
