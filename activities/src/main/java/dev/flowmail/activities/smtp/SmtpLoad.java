package dev.flowmail.activities.smtp;

/**
 * What all mails of this worker use at the moment.
 *
 * @param active connections with a mail on them
 * @param idle open connections that are kept for the next mail
 * @param waiting mails that wait in an attempt for a connection or for their turn
 */
public record SmtpLoad(int active, int idle, int waiting) {}
