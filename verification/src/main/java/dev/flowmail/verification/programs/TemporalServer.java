package dev.flowmail.verification.programs;

/** A Temporal server that can be killed and started again on the same database. */
public interface TemporalServer extends AutoCloseable {

    /** {@code host:port} of the server. */
    String address();

    /** Starts it (again) and waits until it can be used. */
    TemporalServer start();

    /** Kills it as a power cut would. */
    void kill();

    @Override
    void close();
}
