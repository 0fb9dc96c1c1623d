package dev.flowmail.activities.network;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.net.PercentCodec;
import org.jspecify.annotations.Nullable;

/**
 * Reads http(s) addresses that callers and far sides name, as people write them: what may not stand in an address is encoded
 * as a browser does it (WHATWG URL), and a host's name may hold underscores, which {@link URI#getHost} does not know.
 */
public final class WebAddress {

    private static final int LONGEST = 4_096;

    private static final Pattern PARTS = Pattern.compile("(?i)(https?)://([^/?#]*)([^?#]*)(\\?[^#]*)?(#.*)?");
    private static final Pattern RELATIVE = Pattern.compile("([^?#]*)(\\?[^#]*)?(#.*)?");
    private static final Pattern ABSOLUTE = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^\\[\\]:@]+)(:[0-9]*)?");
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

    private WebAddress() {}

    /**
     * An absolute http(s) address with a host and without user info, at most 4,096 characters; in ASCII. Empty for anything
     * else, null included.
     */
    public static Optional<URI> parse(@Nullable String address) {
        if (address == null || isUnfit(address)) {
            return Optional.empty();
        }
        Matcher parts = PARTS.matcher(address);
        return parts.matches()
                ? authority(parts.group(2))
                        .flatMap(authority -> uri(parts.group(1) + "://" + authority
                                + PercentEncoding.relative(parts.group(3), parts.group(4), parts.group(5))))
                : Optional.empty();
    }

    /**
     * Where a reference leads, e.g. a {@code Location}; empty when that is no address as {@link #parse} wants it.
     *
     * @param base an address as {@link #parse} gives it
     */
    public static Optional<URI> resolve(URI base, String reference) {
        String stripped = reference.strip();
        if (stripped.isEmpty() || isUnfit(stripped)) {
            return Optional.empty();
        }
        if (stripped.startsWith("//")) {
            return parse(base.getScheme() + ":" + stripped);
        }
        if (ABSOLUTE.matcher(stripped).matches()) {
            return parse(stripped);
        }
        Matcher parts = RELATIVE.matcher(stripped);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String path = base.getRawPath().isEmpty() ? "/" : base.getRawPath();
        // the library would leave the path's last part out before a query
        String ownPath = parts.group(1).isEmpty() ? path : parts.group(1);
        return uri(base.getScheme() + "://" + base.getRawAuthority() + path)
                .flatMap(here -> relativeUri(PercentEncoding.relative(ownPath, parts.group(2), parts.group(3)))
                        .map(here::resolve))
                .filter(WebAddress::isWeb);
    }

    /** The host that an address names, IPv6 in brackets. */
    public static String host(URI address) {
        if (address.getHost() != null) {
            return address.getHost();
        }
        String authority = address.getRawAuthority() == null ? "" : address.getRawAuthority();
        Matcher parts = AUTHORITY.matcher(authority);
        return parts.matches() ? parts.group(1) : "";
    }

    /** A part of an address with what is percent-encoded in it decoded, as UTF-8. */
    public static String decoded(String part) {
        return PercentCodec.decode(part, StandardCharsets.UTF_8);
    }

    /** The port of an http(s) address, named or not. */
    static int port(URI address) {
        if (address.getPort() > 0) {
            return address.getPort();
        }
        return "https".equalsIgnoreCase(address.getScheme()) ? 443 : 80;
    }

    static boolean isWeb(URI uri) {
        if (uri.getScheme() == null || uri.getRawAuthority() == null) {
            return false;
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        Matcher parts = AUTHORITY.matcher(uri.getRawAuthority());
        return (scheme.equals("http") || scheme.equals("https"))
                && parts.matches()
                && (uri.getHost() != null || NAME.matcher(parts.group(1)).matches())
                && isPort(parts.group(2));
    }

    private static boolean isPort(@Nullable String port) {
        if (port == null || port.equals(":")) {
            return true;
        }
        return port.length() <= 6
                && Integer.parseInt(port.substring(1)) >= 1
                && Integer.parseInt(port.substring(1)) <= 65_535;
    }

    private static boolean isUnfit(String address) {
        return address.length() > LONGEST
                || address.codePoints()
                        .anyMatch(character -> Character.isISOControl(character)
                                || Character.getType(character) == Character.SURROGATE);
    }

    private static Optional<String> authority(String given) {
        Matcher parts = AUTHORITY.matcher(given);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String port = parts.group(2) == null ? "" : parts.group(2);
        return ascii(parts.group(1)).map(host -> host + port);
    }

    private static Optional<String> ascii(String host) {
        // an address in brackets is no name
        return host.chars().allMatch(character -> character < 0x80) ? Optional.of(host) : HostName.toAscii(host);
    }

    private static Optional<URI> uri(String encoded) {
        return encoded.length() > LONGEST
                ? Optional.empty()
                : relativeUri(encoded).filter(WebAddress::isWeb);
    }

    private static Optional<URI> relativeUri(String encoded) {
        try {
            return Optional.of(URI.create(encoded));
        } catch (IllegalArgumentException noAddress) {
            return Optional.empty();
        }
    }
}
