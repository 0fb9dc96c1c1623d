package dev.flowmail.activities.network;

import java.net.InetAddress;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One entry of {@code FLOWMAIL_NETWORK_ALLOW}: a host by its name, whatever addresses it has, or a range of addresses; on
 * one port, or on every.
 *
 * @param host in small letters, without a final dot; null for a range
 * @param range null for a host
 * @param port 0 for every
 */
public record Allowance(@Nullable String host, @Nullable AddressRange range, int port) {

    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    /** The last label of a name has a letter (RFC 3696, section 2), so a mistyped address is no name. */
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)(" + LABEL + "\\.)*(?=[^.]*[a-z])" + LABEL);
    /** IPv6 takes brackets before a port (RFC 3986, section 3.2.2): without them, the last colon is the address's own. */
    private static final Pattern WITH_PORT = Pattern.compile("(\\[.*]|[^:]*)(/[0-9]{1,3})?:([0-9]{1,5})");

    private static final int LAST_PORT = 65_535;

    /**
     * Reads {@code mail.internal:25}, {@code 10.0.0.0/8:25}, {@code [fd00::]/8:25}, or any of these without a port.
     *
     * @throws IllegalArgumentException naming the setting and the entry that is none of these
     */
    public static Allowance parse(String entry) {
        return read(entry.strip())
                .orElseThrow(() -> new IllegalArgumentException("FLOWMAIL_NETWORK_ALLOW: \"" + entry.strip()
                        + "\" is neither a host name, an address nor a CIDR range such as 10.0.0.0/8, with a port"
                        + " behind it (10.0.0.0/8:25, [fd00::1]:25) or without"));
    }

    private static Optional<Allowance> read(String entry) {
        Matcher withPort = WITH_PORT.matcher(entry);
        if (!withPort.matches()) {
            return read(entry, 0);
        }
        int port = Integer.parseInt(withPort.group(3));
        return port == 0 || port > LAST_PORT
                ? Optional.empty()
                : read(entry.substring(0, entry.lastIndexOf(':')), port);
    }

    private static Optional<Allowance> read(String place, int port) {
        Optional<AddressRange> range = AddressRange.parse(place);
        if (range.isPresent()) {
            return Optional.of(new Allowance(null, range.get(), port));
        }
        String host = AllowList.normalized(place);
        return NAME.matcher(host).matches() ? Optional.of(new Allowance(host, null, port)) : Optional.empty();
    }

    /** @param name in small letters, without a final dot */
    boolean holdsFor(String name, InetAddress address) {
        return range == null ? name.equals(host) : range.contains(address);
    }

    boolean isOn(int dialled) {
        return port == 0 || port == dialled;
    }
}
