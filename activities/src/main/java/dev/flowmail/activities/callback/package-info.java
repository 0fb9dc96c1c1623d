/** Tells Flow how a request ended. */
@NullMarked
package dev.flowmail.activities.callback;

import org.jspecify.annotations.NullMarked;
