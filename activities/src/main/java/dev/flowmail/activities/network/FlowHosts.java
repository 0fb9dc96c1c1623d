package dev.flowmail.activities.network;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** The hosts that callbacks and pages to go back to may be on: any when none is named. What may be dialled is another question. */
public final class FlowHosts {
    private static final Pattern NAME = Pattern.compile("[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");

    private static final String ANY = "*.";

    private final Set<String> hosts = new HashSet<>();

    /** With the dot in front. */
    private final List<String> domains = new ArrayList<>();

    /**
     * @param hosts {@code FLOWMAIL_FLOW_HOSTS}: host names or addresses, without ports; each means itself, on every port, and
     *     {@code *.example.com} every host below example.com, but not example.com
     * @throws IllegalArgumentException naming the setting and the entry that is none of these
     */
    public FlowHosts(List<String> hosts) {
        for (String entry : hosts) {
            String host = normalized(entry.strip());
            boolean below = host.startsWith(ANY);
            String name = below ? host.substring(ANY.length()) : host;
            boolean isAddress = AddressRange.literal(name).isPresent();
            boolean isName = NAME.matcher(name).matches();
            boolean isKnown = below ? isName && !isAddress : isName || isAddress;
            if (!isKnown) {
                throw new IllegalArgumentException("FLOWMAIL_FLOW_HOSTS: \"" + entry
                        + "\" is not a host name or IP address; use one such as flow.example.com or *.example.com,"
                        + " without scheme and port");
            }
            if (below) {
                domains.add("." + name);
            } else {
                this.hosts.add(name);
            }
        }
    }

    /** Whether an absolute http(s) address is on one of them. */
    public boolean contain(URI address) {
        if (hosts.isEmpty() && domains.isEmpty()) {
            return true;
        }
        String host = normalized(WebAddress.host(address));
        return hosts.contains(host)
                || (NAME.matcher(host).matches() && domains.stream().anyMatch(host::endsWith));
    }

    private static String normalized(String host) {
        String name = host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
        boolean bracketed = name.startsWith("[") && name.endsWith("]");
        String bare = (bracketed ? name.substring(1, name.length() - 1) : name).toLowerCase(Locale.ROOT);
        // an address has many spellings
        return AddressRange.literal(bare).map(InetAddress::getHostAddress).orElse(bare);
    }
}
