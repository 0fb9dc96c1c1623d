package dev.flowmail.api.settings;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much callers may ask for.
 *
 * @param requestsPerTenant action requests that one tenant may make in a minute
 * @param requestsPerSource calls that one address may make in a minute; all that come through one proxy are one
 * @param recipients how many recipients one request may name; 1 to 100
 */
public record LimitProperties(
        @DefaultValue("6000") int requestsPerTenant,
        @DefaultValue("12000") int requestsPerSource,
        @DefaultValue("100") int recipients) {

    private static final int MOST_REQUESTS = 1_000_000;
    /** What one workflow and its history are made for. */
    private static final int MOST_RECIPIENTS = 100;

    public LimitProperties {
        Rule.of("flowmail.limits.requests-per-tenant").requiresOneTo(MOST_REQUESTS, requestsPerTenant);
        Rule.of("flowmail.limits.requests-per-source").requiresOneTo(MOST_REQUESTS, requestsPerSource);
        Rule.of("flowmail.limits.recipients").requiresOneTo(MOST_RECIPIENTS, recipients);
    }
}
