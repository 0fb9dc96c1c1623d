/** The one place that dials addresses which callers name, and its guard. */
@NullMarked
package dev.flowmail.activities.network;

import org.jspecify.annotations.NullMarked;
