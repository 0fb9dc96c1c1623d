/** Flowmail as it is packaged, and what only drill and bench start besides: tests, drills and benches start, stop and kill them. */
@NullMarked
package dev.flowmail.verification.programs;

import org.jspecify.annotations.NullMarked;
