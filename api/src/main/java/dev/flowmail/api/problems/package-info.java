/** Turns every exception into Flow's problem body, in one place. */
@NullMarked
package dev.flowmail.api.problems;

import org.jspecify.annotations.NullMarked;
