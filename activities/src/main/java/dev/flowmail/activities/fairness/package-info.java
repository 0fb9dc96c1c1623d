/** Whose turn it is where tenants share something. */
@NullMarked
package dev.flowmail.activities.fairness;

import org.jspecify.annotations.NullMarked;
