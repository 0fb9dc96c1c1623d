package dev.flowmail.api.settings;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import org.springframework.core.env.Environment;

/** Where Flowmail listens. */
public record ListeningAddress(InetAddress address, int port) {

    private static final String PORT = "server.port";
    private static final String PORT_NAME = "SERVER_PORT (server.port)";
    private static final int LAST_PORT = 65_535;

    /**
     * What the settings say.
     *
     * @throws CannotStartException when they name no address of this machine, or no port
     */
    public static ListeningAddress of(Environment environment) {
        return new ListeningAddress(address(environment), port(environment, 1));
    }

    /** As {@link #of}; a port 0 becomes one that is free now. */
    static ListeningAddress chosen(Environment environment) {
        int port = port(environment, 0);
        return new ListeningAddress(address(environment), port == 0 ? freePort() : port);
    }

    private static InetAddress address(Environment environment) {
        String address = environment.getProperty("server.address", "127.0.0.1").strip();
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException unknown) {
            throw new CannotStartException(
                    "SERVER_ADDRESS (server.address) is not an address of this machine: " + address + ".", unknown);
        }
    }

    private static int port(Environment environment, int least) {
        return requirePort(PORT_NAME, environment.getProperty(PORT, "").strip(), least);
    }

    /** @throws CannotStartException when the text is no port number of at least {@code least} */
    static int requirePort(String setting, String text, int least) {
        if (text.matches("\\d{1,5}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= LAST_PORT) {
            return Integer.parseInt(text);
        }
        throw new CannotStartException(
                setting + " must be a port number from " + least + " to " + LAST_PORT + ", not \"" + text + "\".");
    }

    /** Only for trials and tests: it is free now, and who listens on it later cannot be told. */
    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new CannotStartException(PORT_NAME + " is 0, but there is no free port.", failure);
        }
    }

    /**
     * Makes sure that Flowmail can listen, before a Temporal server is started in vain.
     *
     * @throws CannotStartException when somebody else listens where Flowmail is to listen
     */
    public void requireFree() {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(address, port));
        } catch (IOException taken) {
            throw new CannotStartException(
                    PORT_NAME + ": port " + port + " of SERVER_ADDRESS (server.address) " + address.getHostAddress()
                            + " cannot be listened on: " + taken.getMessage() + ".",
                    taken);
        }
    }
}
