/** Mints and verifies the codes in decision links. */
@NullMarked
package dev.flowmail.activities.links;

import org.jspecify.annotations.NullMarked;
