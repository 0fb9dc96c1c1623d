package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.jspecify.annotations.Nullable;

/** A connection to a mail server: Angus Mail's, with a time limit for each step and without surprises when it is lost. */
final class SmtpConnection extends SMTPTransport {
    /** Up to and including sign-in. A server that needs longer is of no use to somebody who waits. */
    private static final Duration OPEN = Duration.ofSeconds(60);

    /** Sign-in by an access token: not standardised, but what Google and Microsoft specify. */
    static final String XOAUTH2 = "XOAUTH2";

    private static final Duration PROBE = Duration.ofSeconds(10);

    // RFC 5321, section 4.5.3.2
    private static final Duration ENVELOPE = Duration.ofMinutes(5);
    private static final Duration DATA = Duration.ofMinutes(2);
    private static final Duration FINAL_DOT = Duration.ofMinutes(10);

    /** Angus Mail logs by the package of its subclass, and what it logs names recipients. */
    private static final List<Logger> SILENCED = Stream.of("", ".protocol")
            .map(suffix -> Logger.getLogger(SmtpConnection.class.getPackageName() + suffix))
            .toList();

    static {
        SILENCED.forEach(logger -> logger.setFilter(everything -> false));
    }

    private final SmtpServer server;
    private final Socket socket;
    private volatile Attempt attempt;
    private @Nullable String secret;
    private boolean securing;
    private boolean senderTaken;
    private volatile boolean sending;
    private boolean unconfirmed;
    private long lastUsed;

    /**
     * A connection that has yet to be opened.
     *
     * @param socket connected; closed with this connection
     */
    SmtpConnection(Session session, SmtpServer server, Socket socket, Attempt attempt) {
        super(session, null);
        this.server = server;
        this.socket = socket;
        this.attempt = attempt;
        setRequireStartTLS(server.transport() == SmtpServer.Transport.TLS);
    }

    /**
     * Greets, secures, signs in.
     *
     * @param secret the user's password or access token, as the server's record says
     */
    void open(Dialer dialer, @Nullable String secret) throws IOException, MessagingException {
        limit(OPEN);
        this.secret = secret;
        connect(dialer.wrap(socket, server));
        this.secret = null;
        lastUsed = System.nanoTime();
    }

    /** Serves another mail from now on. */
    void serve(Attempt next) {
        attempt = next;
        senderTaken = false;
        unconfirmed = false;
    }

    /** Whether this side has closed it. */
    boolean isClosed() {
        return socket.isClosed();
    }

    /** Whether the server still answers. */
    boolean isAlive() {
        try {
            limit(PROBE);
            return isConnected();
        } catch (MessagingException closed) {
            return false;
        }
    }

    Duration idle() {
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** Whether the server has taken anything of the present mail. */
    boolean isSenderTaken() {
        return senderTaken;
    }

    /** Whether the server has the whole of the present mail and has not said what it does with it. */
    boolean isUnconfirmed() {
        return unconfirmed;
    }

    /** Whether the last command was refused, or failed, while TLS was being started. */
    boolean isSecuring() {
        return securing;
    }

    /** Ends the connection from any thread, whatever it is at. */
    void cut() {
        try {
            socket.close();
        } catch (IOException closed) {
            // that is what was wanted
        }
    }

    /** The same, but lets a mail pass whose content is under way: nobody could tell whether it was taken. */
    void cutUnlessSending() {
        if (!sending) {
            cut();
        }
    }

    /** Who signs in is decided by the mail's server, not by what the session or the machine would suggest. */
    @Override
    protected synchronized boolean protocolConnect(String host, int port, String user, String password)
            throws MessagingException {
        boolean connected = super.protocolConnect(server.host(), server.port(), server.username(), secret);
        if (server.oauth2() != null && !takesTokens()) {
            throw new AuthenticationFailedException("no XOAUTH2");
        }
        return connected;
    }

    /** Whether the server says that it does. */
    synchronized boolean takesTokens() {
        return supportsAuthentication(XOAUTH2);
    }

    /** Whether the server, in the last thing that it said, did not accept who signed in. */
    boolean isSignInRefused() {
        return getLastReturnCode() == 535;
    }

    /** A server answers to a token that it does not accept by a challenge, and by its refusal only to an empty answer. */
    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        int code = super.simpleCommand(command);
        return code == 334 && command.startsWith("AUTH " + XOAUTH2) ? super.simpleCommand("") : code;
    }

    @Override
    protected void startTLS() throws MessagingException {
        securing = true;
        super.startTLS();
        securing = false;
    }

    @Override
    protected void mailFrom() throws MessagingException {
        limit(ENVELOPE);
        super.mailFrom();
        senderTaken = true;
    }

    @Override
    protected OutputStream data() throws MessagingException {
        limit(DATA);
        // from here on nothing but the end of its time stops the mail
        sending = true;
        if (attempt.isCalledOff()) {
            sending = false;
            throw lost("the mail was called off");
        }
        return super.data();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        limit(FINAL_DOT);
        unconfirmed = true;
        super.finishData();
    }

    /** Done with a mail, well or not. */
    void rest() {
        sending = false;
        lastUsed = System.nanoTime();
    }

    /** A connection that is lost, or that the server says it is closing (421), always ends in an IOException. */
    @Override
    protected int readServerResponse() throws MessagingException {
        int code = super.readServerResponse();
        if (code == -1) {
            throw lost(
                    getLastServerResponse().startsWith("[EOF]")
                            ? "the server closed the connection"
                            : "the server's answer is not SMTP");
        }
        unconfirmed = false;
        if (code == 421) {
            throw lost(Reply.of(code, getLastServerResponse()).withoutAddresses());
        }
        return code;
    }

    /** Addresses may be UTF-8 (RFC 6531); the superclass would keep only each character's low byte. */
    @Override
    protected void sendCommand(String command) throws MessagingException {
        super.sendCommand(new String(command.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1));
    }

    private static MessagingException lost(String why) {
        return new MessagingException(why, new EOFException(why));
    }

    private void limit(Duration usual) throws MessagingException {
        try {
            socket.setSoTimeout(attempt.millis(usual));
        } catch (SocketException closed) {
            throw new MessagingException("the connection is closed", closed);
        }
    }
}
