/** Flowmail's program. */
@NullMarked
package dev.flowmail.api;

import org.jspecify.annotations.NullMarked;
