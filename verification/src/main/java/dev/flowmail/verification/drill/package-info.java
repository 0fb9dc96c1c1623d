/** Brings faults about while requests and clicks keep coming, and counts what was lost or doubled. */
@NullMarked
package dev.flowmail.verification.drill;

import org.jspecify.annotations.NullMarked;
