/** The late answer to Flow and the activity that delivers it. */
@NullMarked
package dev.flowmail.workflows.callback;

import org.jspecify.annotations.NullMarked;
