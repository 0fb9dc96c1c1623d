package dev.flowmail.api.temporal;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.receipt.ReceiptActivities;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An outside where every mail is accepted, Flow accepts every answer and nothing is kept. */
class Taker implements MailActivities, CallbackActivities, ReceiptActivities {

    @Override
    public Delivery sendMail(Mail mail) {
        return new Delivery(List.of());
    }

    @Override
    public void forgetAttachments(String requestId) {
        // nothing is kept here
    }

    @Override
    public @Nullable String sign(ReceiptFacts facts) {
        return null;
    }

    @Override
    public Reached callBack(LateAnswer answer) {
        return new Reached(null, null, null);
    }
}
