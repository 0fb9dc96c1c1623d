package dev.flowmail.api.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names and addresses of this machine. */
public final class Loopback {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern NAME = Pattern.compile("([a-z0-9.-]*)localhost\\.?(:\\d*)?");
    private static final Pattern IPV4 = Pattern.compile("127(\\." + OCTET + "){3}(:\\d*)?");
    private static final Pattern IPV6 = Pattern.compile("(\\[[0-9a-f:.]+])(:\\d*)?");

    private Loopback() {}

    /** Whether a {@code Host} header, with or without a port, means this machine: RFC 6761 and RFC 1122. No DNS. */
    public static boolean isNamedBy(String hostHeader) {
        String host = hostHeader.toLowerCase(Locale.ROOT);
        var literal = IPV6.matcher(host);
        if (literal.matches()) {
            return isLoopback(literal.group(1));
        }
        return isLocalhost(host) || IPV4.matcher(host).matches();
    }

    /** Whether a host's name or address, IPv6 in brackets or bare, means this machine. No DNS. */
    public static boolean isHost(String host) {
        return isNamedBy(host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host);
    }

    private static boolean isLocalhost(String host) {
        Matcher name = NAME.matcher(host);
        if (!name.matches()) {
            return false;
        }
        String before = name.group(1);
        return before.isEmpty() || (before.endsWith(".") && !before.startsWith(".") && !before.contains(".."));
    }

    private static boolean isLoopback(String bracketed) {
        try {
            return InetAddress.getByName(bracketed).isLoopbackAddress();
        } catch (UnknownHostException malformed) {
            return false;
        }
    }
}
