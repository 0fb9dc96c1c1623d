package dev.flowmail.workflows.mail;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;

/** Sends mails and forgets what was kept for them. */
@ActivityInterface
public interface MailActivities {

    /**
     * Sends one mail. Safe to repeat: recipients that an earlier attempt reached are skipped as far as its heartbeat
     * tells.
     *
     * <p>Fails for good with an {@code ApplicationFailure} of one of the types in {@link MailFailure}; everything else is
     * worth another attempt.
     *
     * @return who was refused, when somebody was reached
     */
    @ActivityMethod(name = "SendMail")
    Delivery sendMail(Mail mail);

    /**
     * Deletes what the attachment store keeps for a request. Repeating it is harmless.
     *
     * @param requestId the workflow's id
     */
    @ActivityMethod(name = "ForgetAttachments")
    void forgetAttachments(String requestId);
}
