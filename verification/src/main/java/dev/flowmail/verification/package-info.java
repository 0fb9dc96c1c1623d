/** Flowmail put to the test: what is started, measured and struck here is the packaged program. */
@NullMarked
package dev.flowmail.verification;

import org.jspecify.annotations.NullMarked;
