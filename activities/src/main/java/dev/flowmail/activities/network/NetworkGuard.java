package dev.flowmail.activities.network;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;

/** Decides which addresses Flowmail dials for a caller. Every connection to a host that a caller names asks it. */
public interface NetworkGuard {

    /**
     * Resolves a host to the addresses that may be dialled; the caller must connect to one of these and never resolve the
     * name again.
     *
     * @param port that is to be dialled there
     * @return at least one address
     * @throws java.net.UnknownHostException when the name has no address: worth another attempt
     * @throws AddressRefusedException when none of its addresses may be dialled: final
     */
    List<InetAddress> resolve(String host, int port) throws IOException;

    /**
     * The same for whoever hands the name on to be dialled by somebody else, and cannot say which of its addresses.
     *
     * @throws AddressRefusedException when any of its addresses may not be dialled
     */
    default List<InetAddress> resolveAll(String host, int port) throws IOException {
        return resolve(host, port);
    }

    /**
     * Whether it is plain without asking DNS that a host is refused on every port: an address that may not be dialled, or
     * {@code localhost}. False says nothing: only {@link #resolve} decides.
     *
     * @param host a name or an address, IPv6 with or without brackets
     */
    default boolean refusesWithoutAsking(String host) {
        return false;
    }

    /**
     * What a caller is told of a host that is not dialled: the same whether its name has no address or one that is out of
     * bounds, since who asks is not to learn which names there are inside.
     */
    static String nowhere(String host) {
        return host + " has no address that may be dialled; one that is not public must be in FLOWMAIL_NETWORK_ALLOW";
    }

    /** Every address of the host is out of bounds. The message names the host and the setting that would allow it. */
    final class AddressRefusedException extends IOException {
        private static final long serialVersionUID = 1L;

        public AddressRefusedException(String host) {
            super(nowhere(host));
        }
    }
}
