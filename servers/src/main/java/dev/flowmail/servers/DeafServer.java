package dev.flowmail.servers;

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

    private final ServerSocket listener;
    private final List<SocketChannel> queue = new ArrayList<>();

    public DeafServer() throws IOException {
        this(InetAddress.getLoopbackAddress(), 0);
    }

    /** @param port 0 for any that is free */
    public DeafServer(InetAddress address, int port) throws IOException {
        listener = new ServerSocket(port, 1, address);
        for (int connection = 0; connection < CONNECTIONS; connection++) {
            SocketChannel channel = SocketChannel.open();
            channel.configureBlocking(false);
            boolean ignored = channel.connect(new InetSocketAddress(address, port()));
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
