/** Mails as workflows know them: what to send, by which server, and the activity that does it. */
@NullMarked
package dev.flowmail.workflows.mail;

import org.jspecify.annotations.NullMarked;
