package dev.flowmail.api.settings;

import dev.flowmail.activities.network.AllowList;
import dev.flowmail.activities.network.Allowance;
import dev.flowmail.activities.network.ForwardProxy;
import dev.flowmail.activities.network.NetworkGuard;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What may be dialled for a caller.
 *
 * @param allow hosts, addresses or CIDR ranges, comma-separated, that are not public and may be dialled for a caller
 *     nevertheless; with a port (10.0.0.0/8:25) on that one only
 * @param proxy the forward proxy that HTTP leaves by, e.g. http://proxy.example.com:3128; mail never does
 */
public record NetworkProperties(
        @DefaultValue List<Allowance> allow, @Nullable ForwardProxy proxy) {

    /** What may be dialled, and what not. */
    public NetworkGuard guard() {
        return new AllowList(allow);
    }
}
