package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.ReceivedMail;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Looks at one request after the other, and adds up what became of their mails, answers and callbacks. */
final class Counter {
    int lost;
    int doubled;
    int wrong;
    final List<String> filesWrong = new ArrayList<>();
    int answers;
    int unanswered;
    int callbacks;
    int callbacksLost;
    int callbacksWrong;
    int callbacksRepeated;

    void count(Request request, Map<String, List<ReceivedMail>> mails, Flow flow) {
        boolean over = flow.lateAnswer().isPresent();
        for (String recipient : request.recipients()) {
            List<ReceivedMail> got = mails.getOrDefault(recipient, List.of());
            // who is not asked any more gets no mail: another has decided, or time is up
            boolean needless = over && !request.waitsForAll();
            if (got.isEmpty() && !needless) {
                lost++;
            }
            countRepeats(got);
            got.stream()
                    .filter(mail -> !mail.attachments().equals(request.files()))
                    .map(mail ->
                            "A mail to " + recipient + " had " + mail.attachments() + " instead of " + request.files())
                    .forEach(filesWrong::add);
            if (request.isAnswered() && !got.isEmpty()) {
                countAnswer(request.answers().containsKey(recipient));
            }
        }
        if (request.isDecision()) {
            countCallbacks(request, flow, over);
        }
    }

    private void countAnswer(boolean told) {
        if (told) {
            answers++;
        } else {
            unanswered++;
        }
    }

    private void countRepeats(List<ReceivedMail> mails) {
        Set<String> ids = new HashSet<>();
        for (ReceivedMail mail : mails) {
            boolean known = !ids.add(mail.messageId());
            if (known) {
                doubled++;
            } else if (ids.size() > 1) {
                wrong++;
            }
        }
    }

    private void countCallbacks(Request request, Flow flow, boolean over) {
        if (!over) {
            callbacksLost++;
            return;
        }
        callbacks++;
        Callback accepted = flow.lateAnswer().orElseThrow();
        if (!request.allows(flow.chosen().orElseGet(accepted::faultCode))) {
            callbacksWrong++;
        }
        String end = end(accepted);
        for (Callback callback : flow.callbacks()) {
            if (callback.status() == 200 && !callback.movedTheFlow()) {
                if (end(callback).equals(end)) {
                    callbacksRepeated++;
                } else {
                    callbacksWrong++;
                }
            }
        }
    }

    private static String end(Callback callback) {
        return callback.outcomeId() + callback.faultCode();
    }
}
