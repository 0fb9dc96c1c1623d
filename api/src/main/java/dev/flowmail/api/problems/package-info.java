/** Turns every failure into what its caller understands: Flow's problem body, or a short text for everybody else. */
@NullMarked
package dev.flowmail.api.problems;

import org.jspecify.annotations.NullMarked;
