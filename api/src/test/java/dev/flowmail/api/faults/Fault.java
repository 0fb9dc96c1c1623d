package dev.flowmail.api.faults;

import static dev.flowmail.servers.ScriptedSmtpServer.DROP;
import static dev.flowmail.servers.ScriptedSmtpServer.HANG;

import dev.flowmail.servers.DeafServer;
import dev.flowmail.servers.ScriptedSmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * A way in which a mail server misbehaves towards mails to a@example.com and b@example.com.
 *
 * @param name as the table names it
 * @param transport the configuration value
 * @param signsIn whether Username and Password are given
 * @param script makes a server misbehave so
 */
record Fault(String name, String transport, boolean signsIn, Consumer<ScriptedSmtpServer> script) {
    static final String REFUSED = "nobody listens: connection refused";
    static final String HANGS = "the connection hangs";
    static final String MUTE = "takes the connection and says nothing";
    static final String DROPS_IN_CONTENT = "drops before the final dot";
    static final String TOO_MANY = "one RCPT 552: too many recipients";
    static final String SLOW = "slow: the 250 after the final dot takes longer than 30 s";

    /** The rows of the table. */
    static List<Fault> all(SSLContext certificateNobodyTrusts) {
        return List.of(
                plain(REFUSED, server -> {}),
                plain(HANGS, server -> {}),
                plain("greeting 421", server -> server.always("CONNECT", "421 4.3.2 too busy")),
                plain("greeting 554", server -> server.always("CONNECT", "554 5.7.1 not you")),
                plain(MUTE, server -> server.always("CONNECT", HANG)),
                plain("only EHLO: closes after it", server -> server.always("EHLO", DROP)),
                plain("EHLO 421", server -> server.always("EHLO", "421 4.7.0 try again later, closing connection")),
                plain("knows HELO only", server -> server.always("EHLO", "502 5.5.1 what?")),
                new Fault("offers no sign-in, though Username is given", "plain", true, server -> {}),
                new Fault("no STARTTLS, though Transport is tls", "tls", false, server -> {}),
                new Fault("wrong certificate", "tls", false, server -> server.withStartTls(certificateNobodyTrusts)),
                new Fault(
                        "AUTH 535",
                        "plain",
                        true,
                        server -> server.offering("AUTH PLAIN LOGIN").always("AUTH", "535 5.7.8 bad credentials")),
                plain("MAIL 4xx", server -> server.always("MAIL", "451 4.3.0 later")),
                plain(
                        "MAIL 530: wants a sign-in first",
                        server -> server.always("MAIL", "530 5.7.57 not authenticated")),
                plain("MAIL 5xx", server -> server.always("MAIL", "550 5.7.1 you may not send")),
                plain(
                        "MAIL 550 5.4.5: the account's quota",
                        server -> server.always("MAIL", "550 5.4.5 Daily user sending quota exceeded")),
                plain(
                        "MAIL 554 5.7.0: a limit, and a word to come back",
                        server -> server.always("MAIL", "554 5.7.0 limit reached, try again later")),
                plain("one RCPT 4xx", server -> server.always("RCPT TO:<b@", "451 4.7.1 greylisted")),
                plain("one RCPT 5xx", server -> server.always("RCPT TO:<b@", "550 5.1.1 unknown")),
                plain(TOO_MANY, server -> server.on("RCPT TO:<b@", "552 5.5.3 too many recipients")),
                plain(
                        "one RCPT 552 5.2.2: a full mailbox",
                        server -> server.always("RCPT TO:<b@", "552 5.2.2 mailbox full")),
                plain("all RCPT 4xx", server -> server.always("RCPT", "451 4.7.1 greylisted")),
                plain("all RCPT 5xx", server -> server.always("RCPT", "550 5.1.1 unknown")),
                plain(
                        "all RCPT 550 5.7.233: the tenant's limit",
                        server -> server.always("RCPT", "550 5.7.233 tenant exceeded its external recipient limit")),
                plain("DATA 4xx", server -> server.always("DATA", "451 4.3.0 later")),
                plain("DATA 5xx", server -> server.always("DATA", "554 5.7.1 no")),
                plain("content 4xx (after the final dot)", server -> server.always(".", "452 4.3.1 full")),
                plain("content 5xx (after the final dot)", server -> server.always(".", "554 5.7.1 spam")),
                plain(
                        "content 554 5.2.0: the account's quota (after the final dot)",
                        server -> server.always(".", "554 5.2.0 SubmissionQuotaExceededException")),
                plain(DROPS_IN_CONTENT, server -> server.always("CONTENT", DROP)),
                plain("drops after the final dot", server -> server.always(".", DROP)),
                plain(SLOW, server -> server.always(".", HANG)));
    }

    private static Fault plain(String name, Consumer<ScriptedSmtpServer> script) {
        return new Fault(name, "plain", false, script);
    }

    /** Whether a server that recovers gets the mail within a short time. */
    boolean canRecover() {
        return !name.equals(REFUSED) && !name.equals(HANGS) && !name.equals(MUTE);
    }

    /** The mail's text: so long that it cannot be underway as a whole, where that makes a difference. */
    String body() {
        return "Please look at this.\n".repeat(name.equals(DROPS_IN_CONTENT) ? 150_000 : 1);
    }

    /**
     * A server, and the port by which it is called, which may be another's. While it is open, nobody else gets that port: a
     * mail that is tried again would reach them.
     */
    record Server(ScriptedSmtpServer scripted, DeafServer deaf, Socket silent, int port) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            scripted.close();
            deaf.close();
            silent.close();
        }
    }

    Server start() throws IOException, GeneralSecurityException {
        ScriptedSmtpServer scripted = new ScriptedSmtpServer();
        DeafServer deaf = new DeafServer();
        // bound, but not listening
        Socket silent = new Socket();
        silent.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        script.accept(scripted);
        int port = switch (name) {
            case REFUSED -> silent.getLocalPort();
            case HANGS -> deaf.port();
            default -> scripted.port();
        };
        return new Server(scripted, deaf, silent, port);
    }
}
