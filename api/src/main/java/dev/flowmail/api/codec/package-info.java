/** The codec protocol that Temporal's UI and CLI decode with. */
@NullMarked
package dev.flowmail.api.codec;

import org.jspecify.annotations.NullMarked;
