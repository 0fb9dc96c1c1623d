package dev.flowmail.verification.drill;

/**
 * Something that goes wrong for a while. Two may go wrong at the same time when they strike different things.
 *
 * @param subject what it strikes
 * @param strike brings it about; does not wait
 * @param end ends it
 */
record Fault(String name, Object subject, Runnable strike, Runnable end) {}
