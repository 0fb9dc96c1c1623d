package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Attachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request may weigh in Temporal, which ends a run that hands over more than 4 MB at once, takes 2 MB in one payload
 * and 50 MB in one history. All mails of a decision are scheduled in one workflow task, and so are their reminders, up to ten
 * times: what follows adds up to about 1 MB for each of these.
 */
final class Budget {

    /** One body that a mail carries itself, as JSON. */
    private static final int LARGEST_BODY = 32 * 1024;

    /** The same of all mails together. */
    private static final int LARGEST_BODIES = 256 * 1024;

    /** Subject, outcomes and attachments of several mails together: beyond that they lie in one letter. */
    private static final int LARGEST_SHARED = 128 * 1024;

    /** What each mail must carry (server with its secrets, bucket, From), of all mails together. */
    private static final int LARGEST_OWN = 500_000;

    /** One payload: a request as a whole. */
    private static final int LARGEST_PAYLOAD = 1_800_000;

    private Budget() {}

    static boolean carriesBodies(Draft draft, int mails) {
        long text = size(draft.text());
        long html = size(draft.html());
        return text <= LARGEST_BODY && html <= LARGEST_BODY && (text + html) * mails <= LARGEST_BODIES;
    }

    static boolean carriesLetter(String subject, List<String> labels, List<Attachment> attachments, int mails) {
        return mails == 1 || (size(subject) + size(labels) + size(attachments)) * mails <= LARGEST_SHARED;
    }

    /** @throws ProblemException 400 when all mails together carry too much that cannot be shared */
    static void requireRoom(Draft draft, int mails) {
        long own = size(draft.server()) + size(draft.from()) + size(draft.bucket());
        if (own * mails > LARGEST_OWN) {
            throw ProblemException.badInput(
                    "The configuration values and From hold " + own + " bytes, which is too much for "
                            + mails + " mails: ask at most " + Math.max(1, LARGEST_OWN / own)
                            + " recipients at a time, or shorten the secrets and tokens.");
        }
    }

    /** @throws ProblemException 400 when Temporal would not take it */
    static void requireStartable(Object request) {
        long size = size(request);
        if (size > LARGEST_PAYLOAD) {
            throw ProblemException.badInput(
                    "The request holds " + size + " bytes besides bodies and uploads, more than the " + LARGEST_PAYLOAD
                            + " that can be kept: shorten its inputs, names, addresses and configuration values.");
        }
    }

    /** As JSON in UTF-8, which is what is encrypted. */
    private static long size(@Nullable Object value) {
        // what is longer than this as text is too long in any case, and need not be written to be measured
        if (value instanceof String text && text.length() > LARGEST_BODY) {
            return text.length();
        }
        return value == null ? 0 : FlowJson.mapper().writeValueAsBytes(value).length;
    }
}
