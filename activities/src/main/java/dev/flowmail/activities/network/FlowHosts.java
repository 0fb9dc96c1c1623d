package dev.flowmail.activities.network;

import java.net.URI;
import java.util.List;

/** The hosts that callbacks and pages to go back to may be on: any when none is named. What may be dialled is another question. */
public record FlowHosts(List<FlowHost> hosts) {

    public FlowHosts {
        hosts = List.copyOf(hosts);
    }

    /** Whether an absolute http(s) address is on one of them. */
    public boolean contain(URI address) {
        if (hosts.isEmpty()) {
            return true;
        }
        String host = FlowHost.normalized(WebAddress.host(address));
        return hosts.stream().anyMatch(one -> one.holdsFor(host));
    }
}
