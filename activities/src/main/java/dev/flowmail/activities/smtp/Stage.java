package dev.flowmail.activities.smtp;

/** How far a conversation with a mail server has come: what its last answer is about. */
enum Stage {
    /** The greeting. */
    CONNECT,
    /** EHLO, or HELO where that is not known. */
    EHLO,
    STARTTLS,
    AUTH,
    /** Signed in, and no mail begun. */
    READY,
    MAIL,
    RCPT,
    DATA,
    /** After the final dot. */
    CONTENT
}
