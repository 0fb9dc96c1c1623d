package dev.flowmail.activities.smtp;

import jakarta.mail.internet.InternetAddress;
import java.util.Map;

/**
 * A mail ready to be sent.
 *
 * @param recipients the envelope, by the address as the request gave it; equal ones stand once
 * @param needsUtf8 whether the server must offer SMTPUTF8 (RFC 6531)
 * @param size about how many bytes it has
 */
record ComposedMail(IdentifiedMessage message, Map<String, InternetAddress> recipients, boolean needsUtf8, long size) {}
