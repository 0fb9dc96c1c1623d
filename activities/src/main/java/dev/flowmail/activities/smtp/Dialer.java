package dev.flowmail.activities.smtp;

import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.workflows.mail.SmtpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;
import org.jspecify.annotations.Nullable;

/** Opens sockets to mail servers, at addresses that the guard allows and at no others. */
final class Dialer {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    /** RFC 5321, section 4.5.3.2.5: one block of data. */
    private static final Duration WRITE = Duration.ofMinutes(3);

    private final NetworkGuard guard;
    private final SSLContext tls;
    private final ScheduledExecutorService clock;

    Dialer(NetworkGuard guard, SSLContext tls, ScheduledExecutorService clock) {
        this.guard = guard;
        this.tls = tls;
        this.clock = clock;
    }

    SSLSocketFactory tls() {
        return tls.getSocketFactory();
    }

    /** Connects to the first address that answers. */
    Socket dial(SmtpServer server, Attempt attempt) throws IOException {
        @Nullable IOException failure = null;
        for (InetAddress address : guard.resolve(server.host())) {
            Socket socket = new Socket();
            try {
                // an address that carries its name is never looked up again, neither by nor for the name
                InetAddress named = InetAddress.getByAddress(server.host(), address.getAddress());
                socket.connect(new InetSocketAddress(named, server.port()), attempt.millis(CONNECT));
                socket.setTcpNoDelay(true);
                return socket;
            } catch (IOException unreachable) {
                socket.close();
                failure = unreachable;
            }
        }
        throw failure == null ? new IOException("the host has no address") : failure;
    }

    /** What the SMTP client talks to: bounded writes and, for {@code SSL}, TLS with the server's identity checked. */
    Socket wrap(Socket dialled, SmtpServer server) throws IOException {
        Socket bounded = new WriteTimeoutSocket(dialled, (int) WRITE.toMillis(), clock);
        if (server.transport() != SmtpServer.Transport.SSL) {
            return bounded;
        }
        SSLSocket secured = (SSLSocket) tls().createSocket(bounded, server.host(), server.port(), true);
        SSLParameters parameters = secured.getSSLParameters();
        // how names in certificates are matched for mail too (RFC 7817 follows the same rules)
        parameters.setEndpointIdentificationAlgorithm("LDAPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
