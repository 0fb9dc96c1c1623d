/** The signed receipt of how a request ended. */
@NullMarked
package dev.flowmail.workflows.receipt;

import org.jspecify.annotations.NullMarked;
