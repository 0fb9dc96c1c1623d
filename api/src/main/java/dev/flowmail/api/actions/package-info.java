/** Flow's message actions: checked, mapped to workflow records, started. */
@NullMarked
package dev.flowmail.api.actions;

import org.jspecify.annotations.NullMarked;
