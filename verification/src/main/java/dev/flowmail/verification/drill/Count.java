package dev.flowmail.verification.drill;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.inbox.ReceivedMail;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What became of the accepted requests.
 *
 * @param accepted requests that Flowmail accepted
 * @param decisions how many of them ask for a decision
 * @param mails that came
 * @param mailsLost recipients without a mail who should have one
 * @param mailsDoubled further mails to one recipient with the same Message-ID: SMTP's window
 * @param mailsWrong further mails to one recipient with another Message-ID
 * @param filesWrong mails without the files of their request, or with others, each with what it should have had
 * @param answers recipients who know what became of their answer
 * @param unanswered recipients who still try
 * @param callbacksAccepted callbacks that moved a flow
 * @param callbacksLost decisions that are over, and Flow was not told
 * @param callbacksWrong callbacks with an outcome that nobody was told holds, or that differs from the accepted one
 * @param callbacksRepeated callbacks with the accepted outcome that Flow answered {@code TOKEN_COMPLETED}
 */
record Count(
        int accepted,
        int decisions,
        int mails,
        int mailsLost,
        int mailsDoubled,
        int mailsWrong,
        List<String> filesWrong,
        int answers,
        int unanswered,
        int callbacksAccepted,
        int callbacksLost,
        int callbacksWrong,
        int callbacksRepeated) {

    static Count of(List<Request> requests, List<ReceivedMail> mails, Function<String, Flow> flows) {
        Map<String, List<ReceivedMail>> byRecipient =
                mails.stream().collect(Collectors.groupingBy(ReceivedMail::recipient));
        List<Request> accepted = requests.stream().filter(Request::isAccepted).toList();
        Counter counter = new Counter();
        for (Request request : accepted) {
            counter.count(request, byRecipient, flows.apply(request.token()));
        }
        return new Count(
                accepted.size(),
                (int) accepted.stream().filter(Request::isDecision).count(),
                mails.size(),
                counter.lost,
                counter.doubled,
                counter.wrong,
                List.copyOf(counter.filesWrong),
                counter.answers,
                counter.unanswered,
                counter.callbacks,
                counter.callbacksLost,
                counter.callbacksWrong,
                counter.callbacksRepeated);
    }

    /** Whether everything that must come has come. */
    boolean isSettled() {
        return mailsLost == 0 && unanswered == 0 && callbacksLost == 0;
    }

    /** Whether all promises were kept. */
    boolean isGood() {
        return isSettled() && mailsWrong == 0 && filesWrong.isEmpty() && callbacksWrong == 0;
    }

    /** How far it has got, in one line. */
    String progress() {
        return "%d accepted, %d mails, %d answers, %d callbacks; to come: %d mails, %d answers, %d callbacks"
                .formatted(accepted, mails, answers, callbacksAccepted, mailsLost, unanswered, callbacksLost);
    }

    /** For documents: a table in Markdown. */
    String table() {
        return """
            | what | number | demanded |
            |---|---:|---|
            | accepted requests | %d | |
            | of these decision requests | %d | |
            | mails that came | %d | |
            | mails lost | %d | 0 |
            | mails doubled, same Message-ID (SMTP's window) | %d | |
            | mails doubled otherwise | %d | 0 |
            | mails without their file, or with an altered one | %d | 0 |
            | answers given, and told what became of them | %d | |
            | answers lost | %d | 0 |
            | callbacks accepted by Flow | %d | |
            | callbacks lost | %d | 0 |
            | callbacks wrong, or a second one accepted | %d | 0 |
            | callbacks repeated, answered `TOKEN_COMPLETED` | %d | |
            """.formatted(
                        accepted,
                        decisions,
                        mails,
                        mailsLost,
                        mailsDoubled,
                        mailsWrong,
                        filesWrong.size(),
                        answers,
                        unanswered,
                        callbacksAccepted,
                        callbacksLost,
                        callbacksWrong,
                        callbacksRepeated);
    }
}
