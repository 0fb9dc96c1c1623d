package dev.flowmail.activities.smtp;

import dev.flowmail.activities.network.HostName;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;

/**
 * What Flowmail calls itself towards mail servers: the host of its public address.
 *
 * @param host a DNS name or an address literal, in ASCII
 */
record EhloName(String host) {

    static EhloName of(URI publicUrl) {
        String host = publicUrl.getHost();
        return new EhloName(
                host == null
                        ? "localhost"
                        : host.startsWith("[") ? host : HostName.toAscii(host).orElse("localhost"));
    }

    /**
     * What stands after EHLO. RFC 5321, section 4.1.3: an address stands in brackets. A name without a dot, such as {@code
     * localhost}, says nothing to a server, and some hang up on it: section 4.1.4 has the address instead.
     *
     * @param local the address of this side of the connection
     */
    String inGreetings(InetAddress local) {
        if (host.startsWith("[")) {
            return "[IPv6:" + host.substring(1);
        }
        if (isAddress()) {
            return "[" + host + "]";
        }
        return isKnownToOthers() ? host : literal(local);
    }

    String inMessageIds() {
        return isAddress() ? "[" + host + "]" : host;
    }

    private boolean isAddress() {
        return host.matches("[0-9.]+");
    }

    private boolean isKnownToOthers() {
        return host.indexOf('.') > 0 && !host.endsWith(".localhost") && !host.endsWith(".localdomain");
    }

    private static String literal(InetAddress local) {
        String address = local.getHostAddress().replaceFirst("%.*", "");
        return local instanceof Inet6Address ? "[IPv6:" + address + "]" : "[" + address + "]";
    }
}
