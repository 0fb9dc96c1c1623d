package dev.flowmail.api.actions;

import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.api.problems.ProblemException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

/** Checks the hosts and http(s) addresses that a caller wants dialled, as far as that goes without asking the DNS. */
final class WebAddresses {
    private static final int LONGEST = 4_000;

    private final NetworkGuard guard;

    WebAddresses(NetworkGuard guard) {
        this.guard = guard;
    }

    /**
     * An absolute http(s) address without user information.
     *
     * @param name what the address is, for the caller
     * @throws ProblemException 400
     */
    String check(String name, String given) {
        String address = given.strip();
        URI uri = parse(address)
                .orElseThrow(() -> ProblemException.badInput(
                        name + " must be an http or https address such as https://example.com/path."));
        checkHost(name, uri.getHost());
        return address;
    }

    /** Refuses what may not be dialled, if that can be told already. */
    void checkHost(String name, String host) {
        String bare = host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
        if (guard.refusesWithoutAsking(bare)) {
            throw ProblemException.badInput(
                    name + " names a host that is not public; to allow it, add it to FLOWMAIL_NETWORK_ALLOW.");
        }
    }

    /** Whether this is an address that may become a link. */
    static boolean isWebAddress(String address) {
        return parse(address).isPresent();
    }

    private static Optional<URI> parse(String address) {
        if (address.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            URI uri = new URI(address);
            boolean web = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
            return web && uri.getHost() != null && uri.getRawUserInfo() == null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }
}
