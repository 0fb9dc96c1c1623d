/** Flowmail and Temporal as processes of their own, which tests and drills start, stop and kill. */
@NullMarked
package dev.flowmail.simulator.programs;

import org.jspecify.annotations.NullMarked;
