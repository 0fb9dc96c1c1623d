package dev.flowmail.workflows.decision;

/** Where a request stands: values of the search attribute {@code FlowmailStatus}. */
public enum Status {
    SENDING("Sending"),
    WAITING("Waiting"),
    DECIDED("Decided"),
    TIMED_OUT("TimedOut"),
    NO_AGREEMENT("NoAgreement"),
    WITHDRAWN("Withdrawn"),
    MAIL_FAILED("MailFailed"),
    CALLBACK_FAILED("CallbackFailed");

    private final String attribute;

    Status(String attribute) {
        this.attribute = attribute;
    }

    /** The value as operators see it. */
    public String attribute() {
        return attribute;
    }
}
