package dev.flowmail.verification.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.Ports;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A workflow in another language asks people: the example of {@code docs/nexus.md}, run as it stands there. */
@ExtendWith(EndToEnd.class)
class PythonCallerIT {
    private static final String APPROVER = "anna@example.com";

    private final World world;

    PythonCallerIT(World world) {
        this.world = world;
    }

    @Test
    void aWorkflowInPythonGetsWhatAPersonDecides() throws IOException {
        Path directory = world.directory("python-caller").toAbsolutePath();
        int smtpPort = Ports.free();
        try (Inbox inbox = new Inbox(smtpPort);
                FlowmailProcess flowmail = new FlowmailProcess(
                                "flowmail-" + directory.getFileName(),
                                directory.resolve("flowmail"),
                                Map.of(
                                        "FLOWMAIL_NEXUS_ENDPOINT",
                                        "flowmail",
                                        "SPRING_MAIL_HOST",
                                        "127.0.0.1",
                                        "SPRING_MAIL_PORT",
                                        Integer.toString(smtpPort)))
                        .start()) {
            String example = Python.exampleOf("nexus.md");
            assertThat(example).contains("localhost:7233", APPROVER);
            Files.writeString(
                    directory.resolve("purchase.py"),
                    example.replace("localhost:7233", flowmail.temporalAddress()),
                    UTF_8);
            CompletableFuture<Command.Ended> caller =
                    CompletableFuture.supplyAsync(() -> new Command(List.of(Python.executable(), "purchase.py"))
                            .in(directory)
                            .run());

            World.patiently()
                    .until(() -> caller.isDone() || !inbox.mailsTo(APPROVER).isEmpty());
            assertThat(inbox.mailsTo(APPROVER)).as(() -> caller.join().said()).hasSize(1);
            reject(inbox.mailsTo(APPROVER).get(0));

            assertThat(caller.join().output()).as(caller.join().said()).isEqualToIgnoringNewLines("reject");
        }
    }

    private void reject(ReceivedMail mail) {
        URI link = mail.link("reject");
        Page page = world.patientlyOpened(link);
        assertThat(world.confirmed(() -> world.recipient.submit(page)).status()).isEqualTo(200);
    }
}
