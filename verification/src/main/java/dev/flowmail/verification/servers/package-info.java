/** Servers that stand in for those that Flowmail depends on. */
@NullMarked
package dev.flowmail.verification.servers;

import org.jspecify.annotations.NullMarked;
