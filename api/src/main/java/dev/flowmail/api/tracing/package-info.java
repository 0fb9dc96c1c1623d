/** OpenTelemetry traces, off until an endpoint is set: from Flow's request through the workflow to the callback. */
@NullMarked
package dev.flowmail.api.tracing;

import org.jspecify.annotations.NullMarked;
