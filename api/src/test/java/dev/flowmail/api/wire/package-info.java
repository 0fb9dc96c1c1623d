/** Flowmail's wire without Temporal: the real server, filters, controllers and attachment store, and a recording dispatcher. */
@NullMarked
package dev.flowmail.api.wire;

import org.jspecify.annotations.NullMarked;
