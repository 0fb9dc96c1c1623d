package dev.flowmail.activities.smtp;

import dev.flowmail.activities.servers.ScriptedSmtpServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server that says what a test wants, and a sender to it. */
abstract class ScriptedServerTest {
    ScriptedSmtpServer server;
    DirectSender sender;

    @BeforeEach
    void start() throws Exception {
        server = new ScriptedSmtpServer();
        sender = new DirectSender(SmtpLimits.USUAL);
    }

    @AfterEach
    void stop() throws IOException {
        sender.close();
        server.close();
    }
}
