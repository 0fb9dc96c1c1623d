/** How often and how much at once somebody may ask. */
@NullMarked
package dev.flowmail.api.limits;

import org.jspecify.annotations.NullMarked;
