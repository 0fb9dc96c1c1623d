/** The recipients' pages. */
@NullMarked
package dev.flowmail.api.decisions;

import org.jspecify.annotations.NullMarked;
