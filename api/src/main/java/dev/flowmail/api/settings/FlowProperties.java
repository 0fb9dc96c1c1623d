package dev.flowmail.api.settings;

import dev.flowmail.activities.network.FlowHost;
import dev.flowmail.activities.network.FlowHosts;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Flow is.
 *
 * @param hosts hosts of Flow, comma-separated: callbacks and pages to go back to are on these and nowhere else; *.example.com is
 *     every host below example.com; any public host when not set
 * @param recording file that Flow's requests are written to, without anything personal or secret, so that it can be shown;
 *     nothing is recorded when not set
 */
public record FlowProperties(
        @DefaultValue List<FlowHost> hosts, @Nullable Path recording) {

    /** Where Flow is told and people are sent back to, and nowhere else. */
    public FlowHosts allowed() {
        return new FlowHosts(hosts);
    }
}
