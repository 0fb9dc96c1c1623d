/** Flow's wire records and the codec of its user header. */
@NullMarked
package dev.flowmail.activities.flow;

import org.jspecify.annotations.NullMarked;
