package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;

/** What a start owes to whoever comes first. */
@ExtendWith(EndToEnd.class)
@Isolated("the first page has a second")
class FirstPageIT {
    private final World world;

    FirstPageIT(World world) {
        this.world = world;
    }

    @Test
    void aProcessThatSaysItIsReadyAnswersItsFirstPageWithinASecondOnABusyMachine() {
        String anna = world.person("anna");
        AtomicBoolean isOver = new AtomicBoolean();
        try (FlowmailProcess flowmail = new FlowmailProcess("first", world.directory("first")).start()) {
            world.ask(flowmail.connector(), world.question(anna));
            URI link = world.mailTo(anna).link("Approve");
            world.letAnotherMailPass(flowmail.connector());
            flowmail.stop();
            IntStream.range(0, Runtime.getRuntime().availableProcessors()).forEach(core -> keepBusy(isOver));

            flowmail.start();
            Instant ready = Instant.now();
            Page page = world.recipient.open(link);

            Duration taken = Duration.between(ready, Instant.now());
            assertThat(page.status()).isEqualTo(200);
            assertThat(taken).isLessThan(Duration.ofSeconds(1));
        } finally {
            isOver.set(true);
        }
    }

    private static void keepBusy(AtomicBoolean isOver) {
        Thread thread = new Thread(() -> {
            while (!isOver.get()) {
                Thread.onSpinWait();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }
}
