package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import dev.flowmail.workflows.mail.MailActivities;
import dev.flowmail.workflows.receipt.MailHashes;
import dev.flowmail.workflows.receipt.ReceiptActivities;
import dev.flowmail.workflows.receipt.ReceiptFacts;
import io.temporal.failure.ApplicationFailure;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server and a Flow that note what they get and fail on demand. */
final class RecordingActivities implements MailActivities, CallbackActivities, ReceiptActivities {

    final List<Mail> mails = new CopyOnWriteArrayList<>();

    /** Ids of mails, once for each attempt. */
    final List<String> attempts = new CopyOnWriteArrayList<>();

    final List<LateAnswer> answers = new CopyOnWriteArrayList<>();
    final List<AttachmentFetch> fetched = new CopyOnWriteArrayList<>();
    final List<String> forgotten = new CopyOnWriteArrayList<>();
    final Set<String> refused = ConcurrentHashMap.newKeySet();
    final Set<String> unreachable = ConcurrentHashMap.newKeySet();
    Reached reached = new Reached("FORWARD", "https://flow.example/join", false);
    final List<ReceiptFacts> receipts = new CopyOnWriteArrayList<>();
    final Queue<ApplicationFailure> callbackFailures = new ArrayDeque<>();
    final Queue<RuntimeException> receiptFailures = new ConcurrentLinkedQueue<>();

    /** What else happens while a receipt is signed. */
    Runnable whileSigning = () -> {};

    @Override
    public Delivery sendMail(Mail mail) {
        String address = mail.to().get(0).address();
        attempts.add(mail.id());
        if (refused.contains(address)) {
            throw ApplicationFailure.newNonRetryableFailure("550 no such user", "SmtpRefused");
        }
        if (unreachable.contains(address)) {
            throw ApplicationFailure.newFailure("connection refused", "SmtpUnavailable");
        }
        mails.add(mail);
        return new Delivery(List.of(), new MailHashes(mail.id(), null, null, List.of()));
    }

    @Override
    public void forgetAttachments(String requestId) {
        forgotten.add(requestId);
    }

    @Override
    public synchronized Reached callBack(LateAnswer answer) {
        ApplicationFailure failure = callbackFailures.poll();
        if (failure != null) {
            throw failure;
        }
        answers.add(answer);
        return reached;
    }

    /** A string that is never the same twice. */
    @Override
    public String sign(ReceiptFacts facts) {
        RuntimeException failure = receiptFailures.poll();
        if (failure != null) {
            throw failure;
        }
        whileSigning.run();
        receipts.add(facts);
        return "receipt " + receipts.size();
    }

    List<Mail> mailsTo(int place) {
        return mails.stream()
                .filter(mail -> mail.to().get(0).address().equals(Requests.address(place)))
                .toList();
    }

    LateAnswer onlyAnswer() {
        if (answers.size() != 1) {
            throw new AssertionError("Flow was called " + answers.size() + " times");
        }
        return answers.get(0);
    }

    String chosen() {
        return Objects.requireNonNull(onlyAnswer().outcome()).id();
    }

    String fault() {
        return Objects.requireNonNull(onlyAnswer().fault()).code();
    }
}
