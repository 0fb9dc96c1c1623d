package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.SmtpServer;

/** What the connector describes and this version cannot do. It is refused at the door: what is accepted gets sent. */
final class NotYet {
    private NotYet() {}

    /** @throws ProblemException 400 that says what to do instead */
    static void refuse(SmtpServer server) {
        if (server.oauth2() != null) {
            throw ProblemException.badInput(
                    "OAuth2 Token URL: this version cannot sign in by OAuth2 yet. Clear the OAuth2"
                            + " values, and use Username and Password.");
        }
    }
}
