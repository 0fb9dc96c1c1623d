/** Flowmail and Temporal as processes of their own, which tests and drills start, stop and kill. */
@NullMarked
package dev.flowmail.verification.programs;

import org.jspecify.annotations.NullMarked;
