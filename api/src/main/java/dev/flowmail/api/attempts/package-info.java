/** Shared base of the activity interceptors. */
@NullMarked
package dev.flowmail.api.attempts;

import org.jspecify.annotations.NullMarked;
