package dev.flowmail.api.wire;

import dev.flowmail.api.actions.Dispatcher;
import dev.flowmail.workflows.decision.DecisionRequest;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Delivery;
import dev.flowmail.workflows.mail.Mail;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Takes every request, keeps it, and answers as it is told. */
public final class RecordingDispatcher implements Dispatcher {

    /** What a debug run's wait ends with. */
    public interface Verdict<T> {
        T reach() throws DeliveryUnknownException;
    }

    /** A decision and its workflow's id. */
    public record Asked(String workflowId, DecisionRequest request) {}

    private final List<Mail> mails = new CopyOnWriteArrayList<>();
    private final List<Asked> decisions = new CopyOnWriteArrayList<>();
    private volatile Verdict<Accepted> accepted = () -> Accepted.STARTED;
    private volatile Verdict<Delivery> delivery = () -> new Delivery(List.of());
    private volatile Verdict<DecisionState> state = RecordingDispatcher::noState;

    public void reset() {
        mails.clear();
        decisions.clear();
        accepted = () -> Accepted.STARTED;
        delivery = () -> new Delivery(List.of());
        state = RecordingDispatcher::noState;
    }

    public void answers(Verdict<Accepted> verdict) {
        accepted = verdict;
    }

    public void delivers(Verdict<Delivery> verdict) {
        delivery = verdict;
    }

    public void reaches(Verdict<DecisionState> verdict) {
        state = verdict;
    }

    public List<Mail> mails() {
        return mails;
    }

    /** The only mail so far. */
    public Mail mail() {
        return onlyOne(mails);
    }

    public List<Asked> decisions() {
        return decisions;
    }

    /** The only decision so far. */
    public DecisionRequest decision() {
        return onlyOne(decisions).request();
    }

    @Override
    public Accepted send(Mail mail, Origin origin) {
        mails.add(mail);
        return now();
    }

    @Override
    public Delivery sendAndWait(Mail mail, Origin origin) throws DeliveryUnknownException {
        mails.add(mail);
        return delivery.reach();
    }

    @Override
    public Accepted ask(String workflowId, DecisionRequest request) {
        decisions.add(new Asked(workflowId, request));
        return now();
    }

    @Override
    public DecisionState askAndWait(String workflowId, DecisionRequest request) throws DeliveryUnknownException {
        decisions.add(new Asked(workflowId, request));
        return state.reach();
    }

    private Accepted now() {
        try {
            return accepted.reach();
        } catch (DeliveryUnknownException never) {
            throw new IllegalStateException(never);
        }
    }

    private static <T> T onlyOne(List<T> seen) {
        if (seen.size() != 1) {
            throw new AssertionError("The dispatcher was given " + seen.size() + " requests, not one");
        }
        return seen.get(0);
    }

    private static DecisionState noState() {
        throw new AssertionError("No debug run was expected");
    }
}
