package dev.flowmail.activities.smtp;

/**
 * A mail ready to be sent.
 *
 * @param needsUtf8 whether the server must offer SMTPUTF8 (RFC 6531)
 * @param size about how many bytes it has
 */
record ComposedMail(IdentifiedMessage message, boolean needsUtf8, long size) {}
