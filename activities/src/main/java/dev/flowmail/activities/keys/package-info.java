/** The secret keys that sign decision links and receipts, and encrypt what Flowmail keeps. */
@NullMarked
package dev.flowmail.activities.keys;

import org.jspecify.annotations.NullMarked;
