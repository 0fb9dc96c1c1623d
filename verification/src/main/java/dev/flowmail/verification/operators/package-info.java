/** What operators do in Temporal, by its SDK. */
@NullMarked
package dev.flowmail.verification.operators;

import org.jspecify.annotations.NullMarked;
