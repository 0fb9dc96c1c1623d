/** The bench: how fast Flowmail is, against a bare Temporal worker on the same server in the same run. */
@NullMarked
package dev.flowmail.verification.bench;

import org.jspecify.annotations.NullMarked;
