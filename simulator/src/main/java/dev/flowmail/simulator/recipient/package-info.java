/** A recipient's browser. */
@NullMarked
package dev.flowmail.simulator.recipient;

import org.jspecify.annotations.NullMarked;
