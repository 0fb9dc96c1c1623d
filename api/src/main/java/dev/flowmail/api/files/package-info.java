/** Flow's Files feature: temporary storage for attachments. */
@NullMarked
package dev.flowmail.api.files;

import org.jspecify.annotations.NullMarked;
