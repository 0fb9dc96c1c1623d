/** The browser's side: start flows, watch them move, read the mails, come back into a flow. */
@NullMarked
package dev.flowmail.simulator.page;

import org.jspecify.annotations.NullMarked;
