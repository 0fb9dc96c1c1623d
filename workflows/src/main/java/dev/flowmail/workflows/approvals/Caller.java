package dev.flowmail.workflows.approvals;

/**
 * A workflow that asks over Nexus: it gets the result of the run.
 *
 * @param tenantId whose request it is, 1 to 100 letters, digits, {@code .}, {@code _} or {@code -}: operators search by it
 */
public record Caller(String tenantId) {}
