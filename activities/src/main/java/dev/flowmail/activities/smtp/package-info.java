/** Sends mails: sessions, connection reuse, MIME, and which fault is worth another attempt. */
@NullMarked
package dev.flowmail.activities.smtp;

import org.jspecify.annotations.NullMarked;
