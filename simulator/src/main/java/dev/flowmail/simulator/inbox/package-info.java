/** A mail server whose mails can be read at once. */
@NullMarked
package dev.flowmail.simulator.inbox;

import org.jspecify.annotations.NullMarked;
