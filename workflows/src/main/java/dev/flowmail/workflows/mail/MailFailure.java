package dev.flowmail.workflows.mail;

/** Types of the {@code ApplicationFailure}s by which a mail fails: words that an operator understands. */
public final class MailFailure {

    /** The server answered 5xx to the sender, to every recipient or to the content. Final. */
    public static final String SMTP_REFUSED = "SmtpRefused";

    /** The server did not accept who signed in, or the token endpoint refused the OAuth2 values. Final. */
    public static final String SMTP_AUTHENTICATION = "SmtpAuthentication";

    /** STARTTLS is not offered, or a certificate is not trusted or names another host. Final. */
    public static final String SMTP_TLS = "SmtpTls";

    /** The server, or the token endpoint, could not be reached, was lost, or had no time. Retried. */
    public static final String SMTP_UNAVAILABLE = "SmtpUnavailable";

    /**
     * The server got the whole mail, and then the connection was lost or no answer came: it may have been accepted. Retried,
     * with the same Message-ID.
     */
    public static final String SMTP_UNCONFIRMED = "SmtpUnconfirmed";

    /** The address may not be dialled: see {@code FLOWMAIL_NETWORK_ALLOW}. Final. */
    public static final String NETWORK_REFUSED = "NetworkRefused";

    /** An attachment or a stored body is not to be had for now. Retried. */
    public static final String ATTACHMENT_MISSING = "AttachmentMissing";

    /** An attachment is too large, or its place (a download address, a caller's bucket) refuses it. Final. */
    public static final String ATTACHMENT_REFUSED = "AttachmentRefused";

    /** A body needs more memory than there is to compose it. Final after three attempts. */
    public static final String BODY_REFUSED = "BodyRefused";

    private MailFailure() {}
}
