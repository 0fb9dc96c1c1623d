/** Taking no new requests, while everything that was accepted goes on. */
@NullMarked
package dev.flowmail.api.drain;

import org.jspecify.annotations.NullMarked;
