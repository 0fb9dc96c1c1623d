package dev.flowmail.activities.network;

import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;

/** Makes the HTTP client dial only what the guard lets it, literal addresses included. */
public final class GuardedDns implements DnsResolver {

    private final NetworkGuard guard;

    public GuardedDns(NetworkGuard guard) {
        this.guard = guard;
    }

    @Override
    public List<InetSocketAddress> resolve(String host, int port) throws UnknownHostException {
        try {
            return guard.resolve(host, port).stream()
                    .map(address -> new InetSocketAddress(address, port))
                    .toList();
        } catch (UnknownHostException unknown) {
            throw unknown;
        } catch (IOException refused) {
            // the one exception that the client's interface lets through; refusal() finds the cause again
            UnknownHostException carrier = new UnknownHostException(host);
            carrier.initCause(refused);
            throw carrier;
        }
    }

    /** Without a port nothing can be decided; the client never asks so. */
    @Override
    public InetAddress[] resolve(String host) {
        throw new UnsupportedOperationException("An address is dialled with its port");
    }

    /** The refusal behind a client's failure, else the failure itself. */
    static IOException refusal(IOException failure) {
        return failure.getCause() instanceof AddressRefusedException refused ? refused : failure;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
