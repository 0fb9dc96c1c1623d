package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.Connector;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.net.URI;
import java.util.List;

/** What stands in front of the replicas, and leads to any of them, ready or not. */
final class Balancer {
    private final List<FlowmailProcess> replicas;
    private final String login;
    private final Chance chance;

    /** @param login Flow's {@code Authorization} at Flowmail */
    Balancer(List<FlowmailProcess> replicas, String login, Chance chance) {
        this.replicas = replicas;
        this.login = login;
        this.chance = chance;
    }

    /** A link names one address; this is it at any replica. */
    URI on(URI link) {
        return replica().address(link.getRawPath());
    }

    /** Any replica, as Flow reaches it. */
    Connector connector() {
        return new Connector(replica().address("/api/email/1"), who -> List.of(login, who.header()));
    }

    private FlowmailProcess replica() {
        return chance.oneOf(replicas);
    }
}
