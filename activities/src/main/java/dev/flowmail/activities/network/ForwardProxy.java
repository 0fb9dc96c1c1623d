package dev.flowmail.activities.network;

import java.io.IOException;
import java.net.URI;

/**
 * The operator's proxy, by which HTTP leaves a network that lets nothing else out. The guard is asked first, by the name and
 * the addresses that it has here; which address the proxy then dials, nobody here can see. What is not public and allowed
 * nevertheless is dialled directly: it lies on this side of the proxy.
 */
public record ForwardProxy(String host, int port) {

    /**
     * Reads {@code http://proxy.example.com:3128}.
     *
     * @throws IllegalArgumentException naming the setting, when it is anything else
     */
    public static ForwardProxy parse(String setting) {
        URI address = WebAddress.parse(setting.strip())
                .filter(uri -> "http".equalsIgnoreCase(uri.getScheme())
                        && uri.getHost() != null
                        && uri.getPort() > 0
                        && uri.getRawPath().length() <= 1
                        && uri.getRawQuery() == null)
                .orElseThrow(() -> new IllegalArgumentException(
                        "FLOWMAIL_NETWORK_PROXY must be a proxy's http address with its port and no login, such as"
                                + " http://proxy.example.com:3128"));
        return new ForwardProxy(address.getHost(), address.getPort());
    }

    public URI address() {
        return URI.create("http://" + host + ":" + port);
    }

    /**
     * Whether the way to an http(s) address leads through the proxy.
     *
     * @throws NetworkGuard.AddressRefusedException when its host may not be dialled there at all, or leads through the proxy
     *     and has an address that may not be
     * @throws java.net.UnknownHostException when the host's name has no address here
     */
    public boolean leadsTo(URI address, NetworkGuard guard) throws IOException {
        String host = WebAddress.host(address);
        int port = WebAddress.port(address);
        boolean leads = guard.resolve(host, port).stream().anyMatch(PublicAddresses::contain);
        // the proxy dials whichever it likes
        return leads && guard.resolveAll(host, port).stream().anyMatch(PublicAddresses::contain);
    }

    /** The proxy could not be reached or refused to help: nothing is known of what lies behind it, so that it is worth another attempt. */
    public static final class ProxyFaultException extends IOException {
        private static final long serialVersionUID = 1L;

        ProxyFaultException(String fault) {
            super("the proxy in FLOWMAIL_NETWORK_PROXY " + fault);
        }
    }
}
