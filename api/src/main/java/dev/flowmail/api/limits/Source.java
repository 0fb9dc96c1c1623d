package dev.flowmail.api.limits;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * Where a request comes from: the address at the other end of the connection. What the request says of itself
 * ({@code X-Forwarded-For}) counts only where the operator has the web server believe its proxy
 * ({@code server.forward-headers-strategy=native}).
 */
public final class Source {
    /** One customer's IPv6 addresses: RFC 6177 and RFC 4291, section 2.5.1. */
    private static final int NETWORK_BYTES = 8;

    private Source() {}

    /** IPv4: the address; IPv6: the /64 network, in which one host may take any address. */
    public static String of(HttpServletRequest request) {
        return of(request.getRemoteAddr());
    }

    static String of(String address) {
        if (!address.contains(":")) {
            return address;
        }
        try {
            // in brackets nothing but a literal is accepted, so no name is looked up
            InetAddress literal = InetAddress.getByName("[" + address + "]");
            return literal instanceof Inet6Address
                    ? HexFormat.of().formatHex(Arrays.copyOf(literal.getAddress(), NETWORK_BYTES)) + "::/64"
                    : literal.getHostAddress();
        } catch (UnknownHostException noAddress) {
            return address;
        }
    }
}
