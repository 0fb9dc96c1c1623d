package dev.flowmail.activities.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The guard that Flowmail runs with: public addresses may be dialled, and what the operator allows beyond them. Safe for
 * several threads.
 */
public final class AllowList implements NetworkGuard {

    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    /** The last label of a name has a letter (RFC 3696, section 2), so a mistyped address is no name. */
    private static final Pattern NAME = Pattern.compile("(?=.{1,253}$)(" + LABEL + "\\.)*(?=[^.]*[a-z])" + LABEL);

    private final Set<String> hosts = new HashSet<>();
    private final List<AddressRange> ranges = new ArrayList<>();
    private final Resolver resolver;

    /**
     * @param allow {@code FLOWMAIL_NETWORK_ALLOW}: host names, whatever addresses they have; addresses; CIDR ranges
     * @throws IllegalArgumentException naming the setting and the entry that is none of these
     */
    public AllowList(List<String> allow) {
        this(allow, InetAddress::getAllByName);
    }

    AllowList(List<String> allow, Resolver resolver) {
        this.resolver = resolver;
        for (String entry : allow) {
            add(entry.strip());
        }
    }

    private void add(String entry) {
        Optional<AddressRange> range = AddressRange.parse(entry);
        if (range.isPresent()) {
            ranges.add(range.get());
        } else if (NAME.matcher(normalized(entry)).matches()) {
            hosts.add(normalized(entry));
        } else {
            throw new IllegalArgumentException("FLOWMAIL_NETWORK_ALLOW: \"" + entry
                    + "\" is neither a host name, an address nor a CIDR range such as 10.0.0.0/8");
        }
    }

    @Override
    public List<InetAddress> resolve(String host) throws IOException {
        InetAddress[] addresses = resolver.resolve(host);
        if (addresses.length == 0) {
            throw new UnknownHostException(host);
        }
        List<InetAddress> allowed =
                Stream.of(addresses).filter(mayDial(host)).distinct().toList();
        if (allowed.isEmpty()) {
            throw new AddressRefusedException(host);
        }
        return allowed;
    }

    @Override
    public boolean refusesWithoutAsking(String host) {
        String name = normalized(host);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return Stream.of("127.0.0.1", "::1")
                    .flatMap(loopback -> AddressRange.literal(loopback).stream())
                    .noneMatch(mayDial(host));
        }
        return AddressRange.literal(name).filter(mayDial(host).negate()).isPresent();
    }

    private Predicate<InetAddress> mayDial(String host) {
        boolean named = hosts.contains(normalized(host));
        return address ->
                named || PublicAddresses.contain(address) || ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static String normalized(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** Turns a name or an address into addresses. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }
}
