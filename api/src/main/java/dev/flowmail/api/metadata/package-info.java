/** Describes the connector to Flow. */
@NullMarked
package dev.flowmail.api.metadata;

import org.jspecify.annotations.NullMarked;
