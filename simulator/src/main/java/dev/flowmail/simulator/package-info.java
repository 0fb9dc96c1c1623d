/** A Flow engine and an inbox to try Flowmail against. */
@NullMarked
package dev.flowmail.simulator;

import org.jspecify.annotations.NullMarked;
