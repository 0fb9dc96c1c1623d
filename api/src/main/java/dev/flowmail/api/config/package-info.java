/** How the parts are put together. */
@NullMarked
package dev.flowmail.api.config;

import org.jspecify.annotations.NullMarked;
