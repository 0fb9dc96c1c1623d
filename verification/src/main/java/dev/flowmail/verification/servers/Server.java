package dev.flowmail.verification.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** A server on a port of 127.0.0.1, with a thread for each connection. */
public abstract class Server implements AutoCloseable {
    private static final int BACKLOG = 200;

    private final ServerSocket listener;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    protected Server() {
        try {
            listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Talks to one client until either hangs up. */
    protected abstract void serve(Socket client) throws IOException, InterruptedException;

    public final void start(Executor threads) {
        threads.execute(() -> accept(threads));
    }

    public final int port() {
        return listener.getLocalPort();
    }

    private void accept(Executor threads) {
        try {
            while (true) {
                Socket client = listener.accept();
                client.setTcpNoDelay(true);
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
    public final void close() {
        try {
            listener.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
