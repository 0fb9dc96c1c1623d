package dev.flowmail.servers;

import java.util.List;

/** A Temporal server that can be killed and started again on the same database. */
public interface TemporalServer extends AutoCloseable {

    /** {@code host:port} of the server. */
    String address();

    /** The processes that run now, those of its database among them. */
    List<ProcessHandle> processes();

    /** Starts it (again) and waits until it can be used. */
    TemporalServer start();

    /** Kills it as a power cut would. */
    void kill();

    @Override
    void close();
}
