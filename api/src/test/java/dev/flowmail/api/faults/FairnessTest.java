package dev.flowmail.api.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.flowmail.servers.DeafServer;
import dev.flowmail.servers.ScriptedSmtpServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("programs")
class FairnessTest {
    /** More than the worker has hands: each would hold one for the 30 s of a connection that is never made. */
    private static final int TO_THE_DEAD = 300;

    private static final int TO_THE_LIVING = 20;

    private static final Fault NONE = new Fault("none", "plain", false, server -> {});

    @Test
    void mailsToADeadServerDelayNoneToAnother(@TempDir Path data) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (RunningFlowmail flowmail = new RunningFlowmail(data);
                DeafServer dead = new DeafServer();
                ScriptedSmtpServer living = new ScriptedSmtpServer()) {
            List<Callable<Integer>> requests = new ArrayList<>();
            for (int mail = 0; mail < TO_THE_DEAD; mail++) {
                requests.add(() -> status(flowmail, dead.port()));
            }
            for (Future<Integer> answer : callers.invokeAll(requests)) {
                assertThat(answer.get()).isEqualTo(200);
            }
            for (int mail = 0; mail < TO_THE_LIVING; mail++) {
                assertThat(status(flowmail, living.port())).isEqualTo(200);
            }
            await().atMost(Duration.ofSeconds(15)).until(() -> living.mails().size() == TO_THE_LIVING);
        } finally {
            callers.shutdownNow();
        }
    }

    private static int status(RunningFlowmail flowmail, int port) {
        return flowmail.send(NONE, port, "email", UUID.randomUUID().toString(), false)
                .status();
    }
}
