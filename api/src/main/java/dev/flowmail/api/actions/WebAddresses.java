package dev.flowmail.api.actions;

import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.activities.smtp.OperatorsServer;
import dev.flowmail.api.config.OperatorsMail;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.SmtpServer;
import java.net.URI;
import java.util.Optional;

/**
 * Checks the hosts and http(s) addresses that a caller wants dialled, as far as that goes without asking the DNS, and knows the
 * mail server of requests that name none.
 */
final class WebAddresses {
    private final NetworkGuard guard;
    private final FlowHosts flow;
    private final OperatorsMail operators;

    WebAddresses(NetworkGuard guard, FlowHosts flow, OperatorsMail operators) {
        this.guard = guard;
        this.flow = flow;
        this.operators = operators;
    }

    /** The mail server of whoever runs Flowmail; empty when none is set up. */
    Optional<SmtpServer> operatorsServer() {
        return operators.set().map(OperatorsServer::server);
    }

    /**
     * Where the late answer goes: an address as {@link #check} wants it, on one of Flow's hosts.
     *
     * @throws ProblemException 400
     */
    String checkCallback(String given) {
        String uri = check("callbackUri", given);
        if (!flow.contain(URI.create(uri))) {
            throw ProblemException.badInput(
                    "callbackUri names a host that is not in FLOWMAIL_FLOW_HOSTS: Flowmail calls"
                            + " back to the hosts listed there and to no other.");
        }
        return uri;
    }

    /**
     * An absolute http(s) address without user information, in ASCII.
     *
     * @param name what the address is, for the caller
     * @throws ProblemException 400
     */
    String check(String name, String given) {
        URI uri = WebAddress.parse(given.strip())
                .orElseThrow(() -> ProblemException.badInput(
                        name + " must be an http or https address such as https://example.com/path."));
        checkHost(name, WebAddress.host(uri));
        return uri.toString();
    }

    /** The same for a store: the library that talks to it knows no underscores in host names. */
    String checkEndpoint(String name, String given) {
        String address = check(name, given);
        if (URI.create(address).getHost() == null) {
            throw ProblemException.badInput(name + " names a host with an underscore, which S3 clients do not take.");
        }
        return address;
    }

    /**
     * Refuses what may not be dialled, if that can be told already.
     *
     * @param host a name or an address, IPv6 with or without brackets
     */
    void checkHost(String name, String host) {
        if (guard.refusesWithoutAsking(host)) {
            throw ProblemException.badInput(
                    name + " names a host that is not public; to allow it, add it to FLOWMAIL_NETWORK_ALLOW.");
        }
    }
}
