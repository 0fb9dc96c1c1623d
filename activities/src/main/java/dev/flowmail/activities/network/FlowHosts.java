package dev.flowmail.activities.network;

import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The hosts that callbacks and pages to go back to may be on: any when none is named. What may be dialled is another question. */
public final class FlowHosts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");

    private final Set<String> hosts = new HashSet<>();

    /**
     * @param hosts {@code FLOWMAIL_FLOW_HOSTS}: host names or addresses, without ports; each means itself, on every port
     * @throws IllegalArgumentException naming the setting and the entry that is none of these
     */
    public FlowHosts(List<String> hosts) {
        for (String entry : hosts) {
            String host = normalized(entry.strip());
            if (!NAME.matcher(host).matches() && AddressRange.literal(host).isEmpty()) {
                throw new IllegalArgumentException("FLOWMAIL_FLOW_HOSTS: \"" + entry
                        + "\" is no host name or address; enter such as flow.example.com, without scheme and port");
            }
            this.hosts.add(host);
        }
    }

    /** Whether an absolute http(s) address is on one of them. */
    public boolean contain(URI address) {
        return hosts.isEmpty() || hosts.contains(normalized(WebAddress.host(address)));
    }

    private static String normalized(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String bare = (bracketed ? name.substring(1, name.length() - 1) : name).toLowerCase(Locale.ROOT);
        // an address has many spellings
        return AddressRange.literal(bare).map(InetAddress::getHostAddress).orElse(bare);
    }
}
