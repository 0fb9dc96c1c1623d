package dev.flowmail.servers;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.SSLContext;

/**
 * A mail server that behaves, or misbehaves, by a script: what it answers to the next commands that start so. Without a
 * script it takes everything. {@code CONNECT} stands for the greeting, {@code CONTENT} for a line of a mail, {@code .} for its
 * end. Started at once.
 */
public final class ScriptedSmtpServer extends SmtpServer {
    /** Instead of a reply: closes the connection. */
    public static final String DROP = "DROP";

    /** Before the usual reply: says nothing until {@link #release()}. */
    public static final String HANG = "HANG";

    /** Stands for an empty line. */
    public static final String EMPTY = "EMPTY";

    private static final Set<String> NO_COMMANDS = Set.of(GREETING, CONTENT, END);

    private final Map<String, String> always = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> script = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> extensions = new CopyOnWriteArrayList<>();
    private volatile Optional<SSLContext> startTls = Optional.empty();
    private volatile Optional<SSLContext> implicitTls = Optional.empty();

    public ScriptedSmtpServer() {
        this(InetAddress.getLoopbackAddress(), 0);
    }

    /** @param port 0 for any that is free */
    public ScriptedSmtpServer(InetAddress address, int port) {
        super(address, port);
        start();
    }

    /** Answers the next commands that start so by these replies, one each. */
    public ScriptedSmtpServer on(String command, String... replies) {
        script.computeIfAbsent(command, any -> new ArrayDeque<>()).addAll(List.of(replies));
        return this;
    }

    /** Answers every command that starts so by this reply, until {@link #recover()}. */
    public ScriptedSmtpServer always(String command, String reply) {
        always.put(command, reply);
        return this;
    }

    /** Behaves from now on. */
    public void recover() {
        always.clear();
        script.clear();
    }

    public ScriptedSmtpServer offering(String... offered) {
        extensions.addAll(List.of(offered));
        return this;
    }

    public ScriptedSmtpServer withStartTls(SSLContext context) {
        startTls = Optional.of(context);
        return offering("STARTTLS");
    }

    public ScriptedSmtpServer withTls(SSLContext context) {
        implicitTls = Optional.of(context);
        return this;
    }

    public List<String> commands() {
        return commands;
    }

    /** The commands that start so. */
    public List<String> commands(String prefix) {
        return commands.stream().filter(command -> command.startsWith(prefix)).toList();
    }

    /** What was sent between DATA and the dot, taken or not. */
    public List<String> mails() {
        return mails;
    }

    /** Ends every {@link #HANG}. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() {
        release();
        super.close();
    }

    @Override
    protected List<String> extensions() {
        return extensions;
    }

    @Override
    protected Optional<SSLContext> tls() {
        return implicitTls;
    }

    @Override
    protected Optional<SSLContext> startTls() {
        return startTls;
    }

    @Override
    protected String reply(String said, String usual) throws InterruptedException {
        String command = text(said);
        if (!NO_COMMANDS.contains(command)) {
            commands.add(command);
        }
        String reply = scripted(command.isEmpty() ? EMPTY : command).orElse(usual);
        if (reply.equals(HANG)) {
            released.await();
            return usual;
        }
        return reply.equals(DROP) ? HANG_UP : new String(reply.getBytes(UTF_8), ISO_8859_1);
    }

    @Override
    protected void receive(Instant begun, String recipient, String source) {
        mails.add(text(source));
    }

    private static String text(String bytes) {
        return new String(bytes.getBytes(ISO_8859_1), UTF_8);
    }

    private Optional<String> scripted(String command) {
        Optional<String> everyTime = always.entrySet().stream()
                .filter(entry -> command.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return everyTime.isPresent() ? everyTime : once(command);
    }

    private Optional<String> once(String command) {
        synchronized (script) {
            return script.entrySet().stream()
                    .filter(entry -> command.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(replies -> !replies.isEmpty())
                    .findFirst()
                    .map(Deque::poll);
        }
    }
}
