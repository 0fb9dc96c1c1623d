package dev.flowmail.api.ui;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.SocketException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the embedded server's own UI listens, which believes every {@code Host}: at an address of this machine's loopback
 * network, 127.0.0.0/8, that no web page can guess, on a free port.
 *
 * @param socket empty where the system listens on 127.0.0.1 only (macOS, unless it was given more): then there is no UI
 */
public record HiddenAddress(Optional<InetSocketAddress> socket) {

    private static final byte[] LOOPBACK = {127, 0, 0, 1};

    /** A new one for each start. */
    static HiddenAddress choose() {
        return new HiddenAddress(Stream.concat(Stream.of(guess(new SecureRandom())), given().stream())
                .flatMap(address -> free(address).stream())
                .findFirst());
    }

    /** An address for a person to give to the loopback interface, where {@link #choose} finds none. */
    public static String example() {
        return guess(new SecureRandom()).getHostAddress();
    }

    private static InetAddress guess(SecureRandom random) {
        // neither the first nor the last of any network
        return address(new byte[] {127, part(random), part(random), part(random)});
    }

    private static byte part(SecureRandom random) {
        return (byte) (1 + random.nextInt(254));
    }

    private static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<InetAddress> given() {
        InetAddress usual = address(LOOPBACK);
        try {
            @Nullable NetworkInterface loopback = NetworkInterface.getByInetAddress(usual);
            return loopback == null
                    ? List.of()
                    : loopback.inetAddresses()
                            .filter(address -> address.getAddress().length == LOOPBACK.length && !address.equals(usual))
                            .toList();
        } catch (SocketException unknown) {
            return List.of();
        }
    }

    private static Optional<InetSocketAddress> free(InetAddress address) {
        try (ServerSocket probe = new ServerSocket(0, 1, address)) {
            return Optional.of(new InetSocketAddress(address, probe.getLocalPort()));
        } catch (IOException notHere) {
            return Optional.empty();
        }
    }
}
