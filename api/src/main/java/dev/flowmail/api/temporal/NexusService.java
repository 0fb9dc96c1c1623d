package dev.flowmail.api.temporal;

/**
 * What other workflows may call.
 *
 * @param endpoint the name by which they do
 * @param handler carries the SDK's {@code @ServiceImpl}
 */
public record NexusService(NexusEndpoint endpoint, Object handler) {}
