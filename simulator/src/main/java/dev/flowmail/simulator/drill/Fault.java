package dev.flowmail.simulator.drill;

/**
 * Something that goes wrong for a while.
 *
 * @param strike brings it about; does not wait
 * @param mend ends it
 */
record Fault(String name, Runnable strike, Runnable mend) {}
