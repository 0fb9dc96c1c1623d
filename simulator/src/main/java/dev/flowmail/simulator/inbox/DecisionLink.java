package dev.flowmail.simulator.inbox;

import java.net.URI;

/**
 * A link by which a mail's reader can answer.
 *
 * @param label what the reader sees on it
 */
public record DecisionLink(String label, URI address) {}
