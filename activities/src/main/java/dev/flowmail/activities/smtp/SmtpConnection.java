package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
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

    private static final String AUTH_PLAIN = "AUTH PLAIN ";

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
    private volatile Stage stage = Stage.CONNECT;
    private final Usage usage = new Usage();
    private AuthMechanisms mechanisms = AuthMechanisms.NONE;
    private volatile boolean sending;
    private boolean unconfirmed;

    /**
     * A connection that has yet to be opened.
     *
     * @param socket connected; closed with this connection
     * @param greeting the name by which the server is greeted
     */
    SmtpConnection(Session session, SmtpServer server, Socket socket, String greeting, Attempt attempt) {
        super(session, null);
        this.server = server;
        this.socket = socket;
        this.attempt = attempt;
        setLocalHost(greeting);
        setRequireStartTLS(server.transport() == SmtpServer.Transport.TLS);
    }

    /**
     * Greets, secures, signs in.
     *
     * @param secret the user's password or access token, as the server's record says
     * @param approach knows how long a server may take to greet that could be asked elsewhere
     */
    void open(Dialer dialer, Route route, @Nullable String secret, Approach approach)
            throws IOException, MessagingException {
        limit(approach.share(OPEN));
        this.secret = secret;
        connect(dialer.wrap(socket, route));
        this.secret = null;
        usage.rests();
    }

    /** Serves another mail from now on. */
    void serve(Attempt next) {
        attempt = next;
        stage = Stage.READY;
        unconfirmed = false;
    }

    /** The address that was dialled. */
    InetAddress address() {
        return socket.getInetAddress();
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
        return usage.idle();
    }

    /** What the server's last answer was about. */
    Stage stage() {
        return stage;
    }

    /** Whether the server has not got as far as telling what it offers. */
    boolean isMute() {
        return stage.compareTo(Stage.EHLO) <= 0;
    }

    /** Whether the server has accepted anything of the present mail. */
    boolean isSenderAccepted() {
        return stage.compareTo(Stage.MAIL) > 0;
    }

    /** Whether it has served as long as a connection should. */
    boolean isWorn() {
        return usage.isEnough();
    }

    /** The name by which the server is greeted. */
    String greeting() {
        return getLocalHost();
    }

    /** Whether the server has the whole of the present mail and has not said what it does with it. */
    boolean isUnconfirmed() {
        return unconfirmed;
    }

    /** Ends the connection from any thread, whatever it is at. */
    void cut() {
        try {
            socket.close();
        } catch (IOException closed) {
            // that is what was wanted
        }
    }

    /** The same, but lets a mail pass whose content is under way: nobody could tell whether it was accepted. */
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
        stage = Stage.READY;
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

    /** A rejected token gets a 334 challenge; the error follows an empty reply. */
    @Override
    public synchronized int simpleCommand(String command) throws MessagingException {
        if (command.startsWith("AUTH ")) {
            stage = Stage.AUTH;
        }
        int code = super.simpleCommand(command);
        if (code == 334 && command.startsWith("AUTH " + XOAUTH2)) {
            return super.simpleCommand("");
        }
        // a server that wants the answer by itself, whatever came with the command
        return code == 334 && command.startsWith(AUTH_PLAIN)
                ? super.simpleCommand(command.substring(AUTH_PLAIN.length()))
                : code;
    }

    @Override
    protected boolean ehlo(String domain) throws MessagingException {
        stage = Stage.EHLO;
        boolean known = super.ehlo(domain);
        limit(OPEN);
        mechanisms = known ? AuthMechanisms.in(getLastServerResponse()) : AuthMechanisms.NONE;
        return known;
    }

    @Override
    public boolean supportsExtension(String extension) {
        return extension.equals("AUTH") ? mechanisms.areThere() : super.supportsExtension(extension);
    }

    @Override
    protected boolean supportsAuthentication(String mechanism) {
        return mechanisms.contain(mechanism);
    }

    @Override
    protected void startTLS() throws MessagingException {
        stage = Stage.STARTTLS;
        super.startTLS();
    }

    @Override
    protected void mailFrom() throws MessagingException {
        limit(ENVELOPE);
        stage = Stage.MAIL;
        usage.countMail();
        super.mailFrom();
        stage = Stage.RCPT;
    }

    @Override
    protected OutputStream data() throws MessagingException {
        limit(DATA);
        stage = Stage.DATA;
        // from here on nothing but the end of its time stops the mail
        sending = true;
        if (attempt.isCancelled()) {
            sending = false;
            throw lost("the mail was cancelled");
        }
        return super.data();
    }

    @Override
    protected void finishData() throws IOException, MessagingException {
        limit(FINAL_DOT);
        stage = Stage.CONTENT;
        unconfirmed = true;
        super.finishData();
    }

    /** Done with a mail, well or not. */
    void rest() {
        sending = false;
        usage.rests();
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
            throw lost(Reply.of(stage, code, getLastServerResponse()).withoutAddresses());
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
