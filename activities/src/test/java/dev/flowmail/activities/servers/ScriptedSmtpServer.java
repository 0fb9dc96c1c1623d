package dev.flowmail.activities.servers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/**
 * A mail server that behaves, or misbehaves, by a script: what it answers to the next commands that start so. Without a
 * script it takes everything. {@code CONNECT} stands for the greeting, {@code .} for the end of a mail.
 */
public final class ScriptedSmtpServer implements AutoCloseable {
    /** Instead of a reply: closes the connection. */
    public static final String DROP = "DROP";

    /** Before the usual reply: says nothing until {@link #release()}. */
    public static final String HANG = "HANG";

    /** Stands for an empty line. */
    public static final String EMPTY = "EMPTY";

    private final ServerSocket listener;
    private final Map<String, String> always = new ConcurrentHashMap<>();
    private final Map<String, Deque<String>> script = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final List<String> mails = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger connections = new AtomicInteger();
    private final List<String> extensions = new CopyOnWriteArrayList<>();
    private volatile Optional<SSLContext> startTls = Optional.empty();
    private volatile Optional<SSLContext> implicitTls = Optional.empty();

    public ScriptedSmtpServer() throws IOException {
        this(InetAddress.getLoopbackAddress(), 0);
    }

    /** @param port 0 for any that is free */
    public ScriptedSmtpServer(InetAddress address, int port) throws IOException {
        listener = new ServerSocket(port, 50, address);
        run(this::accept);
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

    public int port() {
        return listener.getLocalPort();
    }

    public int connections() {
        return connections.get();
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

    /** Closes the connections that are open, without a word. */
    public void dropConnections() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    /** Ends every {@link #HANG}. */
    public void release() {
        released.countDown();
    }

    @Override
    public void close() throws IOException {
        release();
        listener.close();
        dropConnections();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket socket = listener.accept();
                connections.incrementAndGet();
                sockets.add(socket);
                run(() -> serve(socket));
            }
        } catch (IOException closed) {
            // the test is over
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket socket = implicitTls.isPresent() ? secured(plain, implicitTls.orElseThrow()) : plain;
            if (!answer(socket, "CONNECT", "220 scripted ESMTP")) {
                return;
            }
            converse(socket);
        } catch (IOException gone) {
            // the client, or the script, ended it
        }
    }

    private void converse(Socket first) throws IOException {
        Socket socket = first;
        BufferedReader lines = reader(socket);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            commands.add(line);
            if (line.equals("STARTTLS")
                    && startTls.isPresent()
                    && !script.containsKey("STARTTLS")
                    && !always.containsKey("STARTTLS")) {
                write(socket, "220 go ahead");
                socket = secured(socket, startTls.orElseThrow());
                lines = reader(socket);
            } else if (!answer(socket, line.isEmpty() ? EMPTY : line, usualReply(line))) {
                return;
            } else if (line.equals("DATA") && !read(lines, socket)) {
                return;
            }
        }
    }

    private boolean read(BufferedReader lines, Socket socket) throws IOException {
        StringBuilder mail = new StringBuilder();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.equals(".")) {
                mails.add(mail.toString());
                return answer(socket, ".", "250 taken");
            }
            mail.append(line).append("\r\n");
            if (script.containsKey("CONTENT") || always.containsKey("CONTENT")) {
                return answer(socket, "CONTENT", DROP);
            }
        }
        return false;
    }

    private String usualReply(String line) {
        if (line.startsWith("EHLO")) {
            List<String> reply = new ArrayList<>(List.of("250-scripted"));
            extensions.forEach(extension -> reply.add("250-" + extension));
            reply.add("250 HELP");
            return String.join("\r\n", reply);
        }
        if (line.startsWith("AUTH")) {
            return "235 welcome";
        }
        return line.equals("DATA") ? "354 go on" : line.equals("QUIT") ? "221 bye" : "250 ok";
    }

    /** Whether the conversation goes on. */
    private boolean answer(Socket socket, String line, String usual) throws IOException {
        String reply = scripted(line).orElse(usual);
        if (reply.equals(DROP)) {
            socket.close();
            return false;
        }
        if (reply.equals(HANG)) {
            awaitRelease();
            reply = usual;
        }
        write(socket, reply);
        // a mail's content follows only the usual answer
        return !line.equals("DATA") || reply.startsWith("354") || continueWithoutContent(socket);
    }

    private void awaitRelease() throws IOException {
        try {
            released.await();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private boolean continueWithoutContent(Socket socket) throws IOException {
        converse(socket);
        return false;
    }

    private Optional<String> scripted(String line) {
        Optional<String> everyTime = always.entrySet().stream()
                .filter(entry -> line.startsWith(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
        return everyTime.isPresent() ? everyTime : once(line);
    }

    private Optional<String> once(String line) {
        synchronized (script) {
            return script.entrySet().stream()
                    .filter(entry -> line.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .filter(replies -> !replies.isEmpty())
                    .findFirst()
                    .map(Deque::poll);
        }
    }

    private static Socket secured(Socket plain, SSLContext context) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, null, true);
        socket.setUseClientMode(false);
        socket.startHandshake();
        return socket;
    }

    private static BufferedReader reader(Socket socket) throws IOException {
        return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
    }

    private static void write(Socket socket, String reply) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((reply + "\r\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "scripted-smtp");
        thread.setDaemon(true);
        thread.start();
    }
}
