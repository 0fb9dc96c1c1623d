/** How the parts are put together: one bean, one method. It knows all other packages, and none of them knows it. */
@NullMarked
package dev.flowmail.api.wiring;

import org.jspecify.annotations.NullMarked;
