package dev.flowmail.activities.smtp;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A server that says what a test wants, and a sender to it. */
abstract class ScriptedServerTest extends WithMailServer {
    DirectSender sender;

    @BeforeEach
    void start() throws Exception {
        sender = new DirectSender(SmtpLimits.USUAL);
    }

    @AfterEach
    void stop() {
        sender.close();
    }
}
