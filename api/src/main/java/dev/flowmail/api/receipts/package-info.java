/** The published keys of receipts. */
@NullMarked
package dev.flowmail.api.receipts;

import org.jspecify.annotations.NullMarked;
