/** Draws what may happen to a decision request from a seed, lets it happen to a real Flowmail, and judges what came of it. */
@NullMarked
package dev.flowmail.verification.schedules;

import org.jspecify.annotations.NullMarked;
