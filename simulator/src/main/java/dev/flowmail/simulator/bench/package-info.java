/** The bench: how fast Flowmail is, against a bare Temporal worker on the same server in the same run. */
@NullMarked
package dev.flowmail.simulator.bench;

import org.jspecify.annotations.NullMarked;
