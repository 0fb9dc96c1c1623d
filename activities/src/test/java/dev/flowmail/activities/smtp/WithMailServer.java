package dev.flowmail.activities.smtp;

import dev.flowmail.servers.ScriptedSmtpServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Each test has a mail server of its own, which does as it is told. */
abstract class WithMailServer {
    ScriptedSmtpServer server;

    @BeforeEach
    final void startServer() throws IOException {
        server = new ScriptedSmtpServer();
    }

    @AfterEach
    final void stopServer() throws IOException {
        server.close();
    }
}
