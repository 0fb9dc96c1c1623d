/** Receipts of decisions: signed, published keys, checked without a network. */
@NullMarked
package dev.flowmail.activities.receipts;

import org.jspecify.annotations.NullMarked;
