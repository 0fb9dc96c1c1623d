package dev.flowmail.activities.smtp;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.workflows.mail.SmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/** Opens sockets to mail servers, at addresses that the guard allows and at no others. Safe for several threads. */
final class Dialer {
    /** How long an address that did not answer is tried after the others. */
    private static final Duration AVOIDED = Duration.ofMinutes(10);

    private static final int MOST_AVOIDED = 10_000;

    /** RFC 5321, section 4.5.3.2.5: one block of data. */
    private static final Duration WRITE = Duration.ofMinutes(3);

    private final NetworkGuard guard;
    private final SSLContext tls;
    private final ScheduledExecutorService clock;
    private final Cache<InetSocketAddress, Boolean> avoided = Caffeine.newBuilder()
            .expireAfterWrite(AVOIDED)
            .maximumSize(MOST_AVOIDED)
            .build();

    Dialer(NetworkGuard guard, SSLContext tls, ScheduledExecutorService clock) {
        this.guard = guard;
        this.tls = tls;
        this.clock = clock;
    }

    SSLSocketFactory tls() {
        return tls.getSocketFactory();
    }

    /** The addresses of a server, beginning with those that did not fail lately. */
    Approach approach(Route route, Attempt attempt) throws IOException {
        SmtpServer server = route.server();
        List<InetAddress> addresses = resolve(route).stream()
                .sorted(Comparator.comparing(address -> isAvoided(server, address)))
                .toList();
        return new Approach(this, server, attempt, addresses);
    }

    private List<InetAddress> resolve(Route route) throws IOException {
        SmtpServer server = route.server();
        String host = server.host();
        return route.operators() == null ? guard.resolve(host, server.port()) : List.of(InetAddress.getAllByName(host));
    }

    /** Connects to one address. */
    static Socket connected(SmtpServer server, InetAddress address, Duration patience) throws IOException {
        Socket socket = new Socket();
        try {
            // an address that carries its name is never looked up again, neither by nor for the name
            InetAddress named = InetAddress.getByAddress(server.host(), address.getAddress());
            socket.connect(new InetSocketAddress(named, server.port()), (int) Math.max(1, patience.toMillis()));
            socket.setTcpNoDelay(true);
            return socket;
        } catch (IOException unreachable) {
            socket.close();
            throw unreachable;
        }
    }

    /** Notes that the server did not answer at this address. */
    void avoid(SmtpServer server, InetAddress address) {
        avoided.put(key(server, address), true);
    }

    private boolean isAvoided(SmtpServer server, InetAddress address) {
        return avoided.getIfPresent(key(server, address)) != null;
    }

    private static InetSocketAddress key(SmtpServer server, InetAddress address) {
        return new InetSocketAddress(address, server.port());
    }

    /** What the SMTP client talks to: bounded in both directions and, for {@code SSL}, TLS with the server's identity checked. */
    Socket wrap(Socket dialled, Route route) throws IOException {
        SmtpServer server = route.server();
        Socket bounded = new BoundedSocket(dialled, (int) WRITE.toMillis(), clock);
        if (server.transport() != SmtpServer.Transport.SSL) {
            return bounded;
        }
        OperatorsServer operators = route.operators();
        SSLSocketFactory factory = operators == null ? tls() : operators.tls();
        SSLSocket secured = (SSLSocket) factory.createSocket(bounded, server.host(), server.port(), true);
        if (operators == null || operators.checksIdentity()) {
            SSLParameters parameters = secured.getSSLParameters();
            // how names in certificates are matched for mail too (RFC 7817 follows the same rules)
            parameters.setEndpointIdentificationAlgorithm("LDAPS");
            secured.setSSLParameters(parameters);
        }
        secured.startHandshake();
        return secured;
    }
}
