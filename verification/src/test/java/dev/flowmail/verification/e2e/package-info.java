/** Flowmail's real jar against a real Temporal server, real SMTP and the simulator's engine. */
@NullMarked
package dev.flowmail.verification.e2e;

import org.jspecify.annotations.NullMarked;
