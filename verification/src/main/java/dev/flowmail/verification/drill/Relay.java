package dev.flowmail.verification.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A wire on 127.0.0.1 to a server on 127.0.0.1 that can be cut, blocked, and made unreliable. */
final class Relay implements AutoCloseable {

    /** What the wire does to connections. */
    enum Trouble {
        NONE,
        /** Nobody listens; open connections are cut. */
        REFUSE,
        /** Connections open, and nothing passes. */
        HANG,
        /** Whatever the server says arrives 1.5 s later. */
        SLOW,
        /** Each connection is cut somewhere: before a reply of the server, or after so many bytes of the client. */
        DROP
    }

    private static final int LONGEST = 25_000;
    private static final int MOST_REPLIES = 9;
    private static final long SLOW_MILLIS = 1_500;

    private final int port;
    private final int target;
    private final Random random;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "relay");
        thread.setDaemon(true);
        return thread;
    });
    private Trouble trouble = Trouble.NONE;
    private @Nullable ServerSocket listener;

    /** Listens at once. */
    Relay(int port, int target, Random random) {
        this.port = port;
        this.target = target;
        this.random = random;
        listen();
    }

    int port() {
        return port;
    }

    /** Does something else from now on. What hangs goes on hanging only while this wire does. */
    synchronized void set(Trouble next) {
        trouble = next;
        notifyAll();
        if (next != Trouble.HANG) {
            open.forEach(Passage::cut);
        }
        if (next == Trouble.REFUSE) {
            stopListening();
        } else if (listener == null) {
            listen();
        }
    }

    @Override
    public synchronized void close() {
        set(Trouble.REFUSE);
        threads.shutdownNow();
    }

    private synchronized void listen() {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            listener = socket;
            threads.execute(() -> accept(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void stopListening() {
        try {
            if (listener != null) {
                listener.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        listener = null;
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                relay(socket.accept());
            } catch (IOException closed) {
                // that is how it ends, or a connection that was over before it began
            }
        }
    }

    private void relay(Socket client) throws IOException {
        open.add(client);
        Socket server;
        try {
            server = new Socket(InetAddress.getLoopbackAddress(), target);
        } catch (IOException e) {
            Passage.cut(client);
            throw e;
        }
        open.add(server);
        AtomicLong bytes = new AtomicLong(Long.MAX_VALUE);
        AtomicLong replies = new AtomicLong(Long.MAX_VALUE);
        synchronized (this) {
            if (trouble == Trouble.DROP && random.nextBoolean()) {
                replies.set(random.nextInt(MOST_REPLIES));
            } else if (trouble == Trouble.DROP) {
                bytes.set(random.nextInt(LONGEST));
            }
        }
        Passage passage = new Passage(client, server, this::awaitNoHang, () -> open.removeAll(Set.of(client, server)));
        threads.execute(() -> passage.toServer(length -> bytes.addAndGet(-length) >= 0));
        threads.execute(() -> passage.toClient(length -> {
            dawdle();
            return replies.decrementAndGet() >= 0;
        }));
    }

    private synchronized void awaitNoHang() throws InterruptedException {
        while (trouble == Trouble.HANG) {
            wait();
        }
    }

    private void dawdle() throws InterruptedException {
        boolean slow;
        synchronized (this) {
            slow = trouble == Trouble.SLOW;
        }
        if (slow) {
            Thread.sleep(SLOW_MILLIS);
        }
    }
}
