package dev.flowmail.activities.network;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The guard that Flowmail runs with: public addresses may be dialled, and what the operator allows beyond them. Safe for
 * several threads.
 */
public final class AllowList implements NetworkGuard {

    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0x[0-9a-f]*");

    private final List<Allowance> allowances;

    private final Resolver resolver;

    /** @param allowances what is not public and may be dialled nevertheless */
    public AllowList(List<Allowance> allowances) {
        this(allowances, InetAddress::getAllByName);
    }

    AllowList(List<Allowance> allowances, Resolver resolver) {
        this.allowances = List.copyOf(allowances);
        this.resolver = resolver;
    }

    @Override
    public List<InetAddress> resolve(String host, int port) throws IOException {
        List<InetAddress> allowed = addresses(host).stream()
                .filter(mayDial(host, allowance -> allowance.isOn(port)))
                .toList();
        if (allowed.isEmpty()) {
            throw new AddressRefusedException(host);
        }
        return allowed;
    }

    @Override
    public List<InetAddress> resolveAll(String host, int port) throws IOException {
        List<InetAddress> addresses = addresses(host);
        if (!addresses.stream().allMatch(mayDial(host, allowance -> allowance.isOn(port)))) {
            throw new AddressRefusedException(host);
        }
        return addresses;
    }

    private List<InetAddress> addresses(String host) throws IOException {
        if (isReadInSeveralWays(host)) {
            throw new AddressRefusedException(host);
        }
        List<InetAddress> addresses =
                Stream.of(resolver.resolve(host)).distinct().toList();
        if (addresses.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return addresses;
    }

    @Override
    public boolean refusesWithoutAsking(String host) {
        String name = normalized(host);
        Predicate<InetAddress> onSomePort = mayDial(host, allowance -> true);
        if (name.equals("localhost") || name.endsWith(".localhost")) {
            return Stream.of("127.0.0.1", "::1")
                    .flatMap(loopback -> AddressRange.literal(loopback).stream())
                    .noneMatch(onSomePort);
        }
        return AddressRange.literal(name).filter(onSomePort.negate()).isPresent();
    }

    /**
     * Whether others read another address in it than Java does: {@code 0177.0.0.1} is 177.0.0.1 here, and this machine for a
     * forward proxy. No name ends in a number (RFC 1123, section 2.1; WHATWG URL, "ends in a number").
     */
    private static boolean isReadInSeveralWays(String host) {
        String name = normalized(host);
        return NUMBER.matcher(name.substring(name.lastIndexOf('.') + 1)).matches()
                && AddressRange.literal(name).isEmpty();
    }

    private Predicate<InetAddress> mayDial(String host, Predicate<Allowance> there) {
        String name = normalized(host);
        return address -> PublicAddresses.contain(address)
                || allowances.stream().filter(there).anyMatch(allowance -> allowance.holdsFor(name, address));
    }

    static String normalized(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        return name.toLowerCase(Locale.ROOT);
    }

    /** Turns a name or an address into addresses. */
    interface Resolver {
        InetAddress[] resolve(String host) throws UnknownHostException;
    }
}
