package dev.flowmail.activities.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/** A range of addresses of one family, as in CIDR notation (RFC 4632, RFC 4291); a single address is a range of one. */
final class AddressRange {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
    private static final Pattern DOTTED_QUAD = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern PREFIX = Pattern.compile("[0-9]{1,3}");

    private final byte[] network;
    private final int prefix;

    private AddressRange(byte[] network, int prefix) {
        this.network = network;
        this.prefix = prefix;
    }

    /** Reads {@code 10.0.0.0/8}, {@code fd00::/8} or a single address; empty when it is none of these. Asks no DNS. */
    static Optional<AddressRange> parse(String text) {
        int slash = text.indexOf('/');
        Optional<InetAddress> address = literal(slash < 0 ? text : text.substring(0, slash));
        if (address.isEmpty()) {
            return Optional.empty();
        }
        byte[] network = address.get().getAddress();
        if (slash < 0) {
            return Optional.of(new AddressRange(network, network.length * 8));
        }
        String prefix = text.substring(slash + 1);
        return PREFIX.matcher(prefix).matches() && Integer.parseInt(prefix) <= network.length * 8
                ? Optional.of(new AddressRange(network, Integer.parseInt(prefix)))
                : Optional.empty();
    }

    /**
     * The address that a literal names: a dotted quad, or IPv6 with or without brackets; empty for anything else. Asks no
     * DNS.
     */
    static Optional<InetAddress> literal(String host) {
        boolean bracketed = host.startsWith("[") && host.endsWith("]");
        if (!bracketed && !host.contains(":") && !DOTTED_QUAD.matcher(host).matches()) {
            return Optional.empty();
        }
        try {
            // in brackets nothing but a literal is accepted, so no name is looked up
            return Optional.of(InetAddress.getByName(!bracketed && host.contains(":") ? "[" + host + "]" : host));
        } catch (UnknownHostException noLiteral) {
            return Optional.empty();
        }
    }

    boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    boolean contains(byte[] address) {
        if (address.length != network.length) {
            return false;
        }
        int whole = prefix / 8;
        int mask = 0xff00 >> prefix % 8 & 0xff;
        return Arrays.equals(address, 0, whole, network, 0, whole)
                && (mask == 0 || ((address[whole] ^ network[whole]) & mask) == 0);
    }
}
