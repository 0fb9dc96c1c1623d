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
import java.util.Locale;
import java.util.Set;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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

    /** Servers that count take no more from one session. */
    private static final int MOST_MAILS = 100;

    private static final Duration LONGEST_LIFE = Duration.ofMinutes(10);

    private static final Pattern AUTH =
            Pattern.compile("^250[- ]AUTH(?:[ =\\t]+(.*))?$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

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
    private final long opened = System.nanoTime();
    private int mails;
    private Set<String> mechanisms = Set.of();
    private volatile boolean sending;
    private boolean unconfirmed;
    private long lastUsed;

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
        lastUsed = System.nanoTime();
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
        return Duration.ofNanos(System.nanoTime() - lastUsed);
    }

    /** What the server's last answer was about. */
    Stage stage() {
        return stage;
    }

    /** Whether the server has not got as far as telling what it offers. */
    boolean isMute() {
        return stage.compareTo(Stage.EHLO) <= 0;
    }

    /** Whether the server has taken anything of the present mail. */
    boolean isSenderTaken() {
        return stage.compareTo(Stage.MAIL) > 0;
    }

    /** Whether it has served as long as a connection should. */
    boolean isWorn() {
        return mails >= MOST_MAILS || System.nanoTime() - opened > LONGEST_LIFE.toNanos();
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
        mechanisms = known ? mechanisms(getLastServerResponse()) : Set.of();
        return known;
    }

    /** Servers say it in several ways, on several lines: {@code AUTH PLAIN}, {@code AUTH=LOGIN PLAIN}, in any case. */
    private static Set<String> mechanisms(String lines) {
        return AUTH.matcher(lines)
                .results()
                .map(line -> line.group(1) == null ? "" : line.group(1))
                .flatMap(names -> Stream.of(names.strip().split("[\\s,=]+")))
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean supportsExtension(String extension) {
        return extension.equals("AUTH") ? !mechanisms.isEmpty() : super.supportsExtension(extension);
    }

    @Override
    protected boolean supportsAuthentication(String mechanism) {
        return mechanisms.contains(mechanism.toUpperCase(Locale.ROOT));
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
        mails++;
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
