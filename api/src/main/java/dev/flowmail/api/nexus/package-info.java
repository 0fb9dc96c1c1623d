/** The Nexus service by which any Temporal workflow asks people by mail and gets the typed result. */
@NullMarked
package dev.flowmail.api.nexus;

import org.jspecify.annotations.NullMarked;
