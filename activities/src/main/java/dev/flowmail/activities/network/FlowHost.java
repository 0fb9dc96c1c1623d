package dev.flowmail.activities.network;

import java.net.InetAddress;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * One entry of {@code FLOWMAIL_FLOW_HOSTS}.
 *
 * @param name a host's name or address, {@link #normalized}
 * @param isDomain whether every host below is meant, and not this one
 */
public record FlowHost(String name, boolean isDomain) {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");

    private static final String ANY = "*.";

    /**
     * Reads a host name or address, without a port: it means itself, on every port; {@code *.example.com} is every host below
     * example.com, but not example.com.
     *
     * @throws IllegalArgumentException naming the setting and the entry that is none of these
     */
    public static FlowHost parse(String entry) {
        String host = normalized(entry.strip());
        boolean isDomain = host.startsWith(ANY);
        String name = isDomain ? host.substring(ANY.length()) : host;
        boolean isAddress = AddressRange.literal(name).isPresent();
        boolean isName = NAME.matcher(name).matches();
        boolean isKnown = isDomain ? isName && !isAddress : isName || isAddress;
        if (!isKnown) {
            throw new IllegalArgumentException("FLOWMAIL_FLOW_HOSTS: \"" + entry
                    + "\" is not a host name or IP address; use one such as flow.example.com or *.example.com,"
                    + " without scheme and port");
        }
        return new FlowHost(name, isDomain);
    }

    /** @param host {@link #normalized} */
    boolean holdsFor(String host) {
        return isDomain ? NAME.matcher(host).matches() && host.endsWith("." + name) : host.equals(name);
    }

    /** The one spelling of a host. */
    static String normalized(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String bare = (bracketed ? name.substring(1, name.length() - 1) : name).toLowerCase(Locale.ROOT);
        // an address has many spellings
        return AddressRange.literal(bare).map(InetAddress::getHostAddress).orElse(bare);
    }
}
