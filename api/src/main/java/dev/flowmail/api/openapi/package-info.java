/** The OpenAPI page: what Flow's side may call, with the contract's samples as examples. */
@NullMarked
package dev.flowmail.api.openapi;

import org.jspecify.annotations.NullMarked;
