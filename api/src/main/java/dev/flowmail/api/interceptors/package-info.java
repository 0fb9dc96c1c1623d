/** Shared base of the activity interceptors. */
@NullMarked
package dev.flowmail.api.interceptors;

import org.jspecify.annotations.NullMarked;
