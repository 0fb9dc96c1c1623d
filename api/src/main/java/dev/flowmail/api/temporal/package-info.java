/** Temporal's client, the worker's life cycle, the embedded server and the search attributes. */
@NullMarked
package dev.flowmail.api.temporal;

import org.jspecify.annotations.NullMarked;
