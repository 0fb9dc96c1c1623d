package dev.flowmail.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/** A server on a port of this machine, with a thread for each connection. */
public abstract class Server implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();

    /** On any port of 127.0.0.1 that is free. */
    protected Server() {
        this(InetAddress.getLoopbackAddress(), 0);
    }

    /** @param port 0 for any that is free */
    protected Server(InetAddress address, int port) {
        try {
            listener = new ServerSocket(port, BACKLOG, address);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Talks to one client until either hangs up. */
    protected abstract void serve(Socket client) throws IOException, InterruptedException;

    /** Starts it with threads of its own, which end with this program at latest. */
    public final void start() {
        start(task -> {
            Thread thread = new Thread(task, getClass().getSimpleName());
            thread.setDaemon(true);
            thread.start();
        });
    }

    public final void start(Executor threads) {
        threads.execute(() -> accept(threads));
    }

    public final int port() {
        return listener.getLocalPort();
    }

    /** How many clients have come. */
    public final int connections() {
        return connections.get();
    }

    /** Closes the connections that are open, without a word. */
    public final void dropConnections() {
        try {
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has another connection end with those of clients. */
    protected final void dropToo(Socket socket) {
        open.add(socket);
    }

    private void accept(Executor threads) {
        try {
            while (true) {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
                connections.incrementAndGet();
                open.add(client);
                threads.execute(() -> talk(client));
            }
        } catch (IOException closed) {
            // that is how it ends
        }
    }

    private void talk(Socket client) {
        try (client) {
            serve(client);
        } catch (IOException gone) {
            // the client has hung up, as it may
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(client);
        }
    }

    @Override
    public void close() {
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        dropConnections();
    }
}
