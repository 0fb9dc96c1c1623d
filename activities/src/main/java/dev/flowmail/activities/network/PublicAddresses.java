package dev.flowmail.activities.network;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Which addresses are public, by IANA's special-purpose registries (RFC 6890) and their later entries. */
final class PublicAddresses {

    private static final List<AddressRange> NOT_PUBLIC_IPV4 = ranges(
            "0.0.0.0/8", // this network
            "10.0.0.0/8", // private
            "100.64.0.0/10", // carrier-grade NAT
            "127.0.0.0/8", // loopback
            "169.254.0.0/16", // link-local, where clouds keep their metadata
            "172.16.0.0/12", // private
            "192.0.0.0/24", // protocol assignments
            "192.0.2.0/24", // documentation
            "192.88.99.0/24", // 6to4 relays
            "192.168.0.0/16", // private
            "198.18.0.0/15", // benchmarks
            "198.51.100.0/24", // documentation
            "203.0.113.0/24", // documentation
            "224.0.0.0/4", // multicast
            "240.0.0.0/4"); // reserved, broadcast

    /** All IPv6 that is given out. Loopback, unique-local, link-local, multicast and the like lie outside. */
    private static final AddressRange GLOBAL_UNICAST =
            AddressRange.parse("2000::/3").orElseThrow();

    private static final List<AddressRange> NOT_PUBLIC_IPV6 = ranges(
            "2001::/23", // protocol assignments, Teredo among them
            "2001:db8::/32", // documentation
            "2002::/16", // 6to4
            "3fff::/20"); // documentation

    /** IPv6 networks reach IPv4 hosts by these (RFC 6052): the last four bytes are the IPv4 address. */
    private static final AddressRange NAT64 = AddressRange.parse("64:ff9b::/96").orElseThrow();

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (bytes.length == 4) {
            return isPublicIpv4(bytes);
        }
        if (NAT64.contains(bytes)) {
            return isPublicIpv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        return GLOBAL_UNICAST.contains(bytes) && NOT_PUBLIC_IPV6.stream().noneMatch(range -> range.contains(bytes));
    }

    private static boolean isPublicIpv4(byte[] bytes) {
        return NOT_PUBLIC_IPV4.stream().noneMatch(range -> range.contains(bytes));
    }

    private static List<AddressRange> ranges(String... ranges) {
        return Stream.of(ranges)
                .map(range -> AddressRange.parse(range).orElseThrow())
                .toList();
    }
}
