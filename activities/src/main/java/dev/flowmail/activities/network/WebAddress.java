package dev.flowmail.activities.network;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads http(s) addresses that callers and far sides name. */
public final class WebAddress {

    private static final int LONGEST = 4_096;

    private WebAddress() {}

    /**
     * An absolute http(s) address with a host (no underscore in it) and without user info, at most 4,096 characters;
     * characters beyond ASCII come out percent-encoded. Empty for anything else, null included.
     */
    public static Optional<URI> parse(@Nullable String address) {
        if (address == null || address.length() > LONGEST) {
            return Optional.empty();
        }
        try {
            return Optional.of(URI.create(URI.create(address).toASCIIString())).filter(WebAddress::isWeb);
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }

    static boolean isWeb(URI uri) {
        if (uri.getScheme() == null || uri.getHost() == null || uri.getRawUserInfo() != null) {
            return false;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && !uri.getHost().isEmpty()
                && uri.getPort() != 0
                && uri.getPort() <= 65_535;
    }
}
