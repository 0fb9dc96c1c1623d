/** Keeps uploads and what requests need of them. */
@NullMarked
package dev.flowmail.activities.attachments;

import org.jspecify.annotations.NullMarked;
