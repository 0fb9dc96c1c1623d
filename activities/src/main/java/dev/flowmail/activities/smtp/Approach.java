package dev.flowmail.activities.smtp;

import dev.flowmail.workflows.mail.SmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The addresses of a mail server, one after the other, while one connection to it is opened. None may use the time of those
 * after it. For one thread.
 */
final class Approach {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** While there is another address: what answers at all mostly does so within a second. */
    private static final Duration CONNECT_TO_ONE = Duration.ofSeconds(5);

    private final Dialer dialer;
    private final SmtpServer server;
    private final Attempt attempt;
    private final Deque<InetAddress> left;

    /** @param addresses in the order in which they are tried */
    Approach(Dialer dialer, SmtpServer server, Attempt attempt, List<InetAddress> addresses) {
        this.dialer = dialer;
        this.server = server;
        this.attempt = attempt;
        this.left = new ArrayDeque<>(addresses);
    }

    /** Connects to the next address that answers. */
    Socket dial() throws IOException {
        long end = System.nanoTime() + CONNECT.toNanos();
        @Nullable IOException failure = null;
        while (hasMore()) {
            Duration patience = untilConnected(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
            InetAddress address = left.removeFirst();
            try {
                return Dialer.connected(server, address, patience);
            } catch (IOException unreachable) {
                dialer.avoid(server, address);
                failure = unreachable;
            }
        }
        throw failure == null ? new IOException("the host has no address") : failure;
    }

    /** Whether there is an address that was not tried yet. */
    boolean hasMore() {
        return !left.isEmpty();
    }

    /** How long the address that was dialled last may take for something: as much as each of those after it could. */
    Duration share(Duration whole) {
        return Duration.ofMillis(attempt.millis(whole)).dividedBy(left.size() + 1L);
    }

    /** All of the time for the last one, a few seconds for each of the others. */
    private Duration untilConnected(Duration time) {
        Duration even = Duration.ofMillis(attempt.millis(time)).dividedBy(left.size());
        return left.size() == 1 || even.compareTo(CONNECT_TO_ONE) < 0 ? even : CONNECT_TO_ONE;
    }
}
