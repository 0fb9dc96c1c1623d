package dev.flowmail.activities.servers;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;

/** A port that never answers who connects: its queue of connections is full, and nobody empties it. */
public final class DeafServer implements AutoCloseable {
    /** More than the queue holds; the system rounds its length up. */
    private static final int CONNECTIONS = 8;

    private final ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    private final List<SocketChannel> queue = new ArrayList<>();

    public DeafServer() throws IOException {
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean ignored = channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port()));
            queue.add(channel);
        }
    }

    public int port() {
        return listener.getLocalPort();
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : queue) {
            channel.close();
        }
        listener.close();
    }
}
