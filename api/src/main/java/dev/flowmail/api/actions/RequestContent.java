package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.AttachmentStore;
import dev.flowmail.activities.attachments.Letters;
import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.api.actions.RequestAttachments.Kept;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.BodyWords;
import dev.flowmail.workflows.mail.Attachment;
import dev.flowmail.workflows.mail.AttachmentFetch;
import dev.flowmail.workflows.mail.Content;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Letter;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A draft's bodies and attachments as histories hold them: what is large ({@link Budget}) lies in the request's folder of the
 * attachment store. Repeating a request keeps the same files.
 *
 * @param letter where what all mails share lies; null when each mail carries it
 * @param files what people are told of the attachments
 */
record RequestContent(
        @Nullable Content text,
        @Nullable Content html,
        List<Attachment> attachments,
        @Nullable String letter,
        List<Excerpt.File> files) {

    /**
     * Keeps what a request needs.
     *
     * @param tenants whose uploads may be used
     * @param labels of the outcomes, by index
     * @param copies how many mails will hold the bodies
     * @throws ProblemException 400 for an attachment that is not to be had, 413 for too much of them, 503 when the store cannot be used
     */
    static RequestContent keep(
            AttachmentStore store,
            Tenants tenants,
            WebAddresses addresses,
            String requestId,
            Draft draft,
            List<String> labels,
            int copies) {
        Budget.requireRoom(draft, copies);
        try {
            RequestAttachments given = new RequestAttachments(store, tenants, addresses, requestId, draft);
            // nothing is copied for a request that is refused; what an equal one has copied before stays
            given.check();
            boolean inline = Budget.carriesBodies(draft, copies);
            List<Kept> kept = given.keep();
            List<Attachment> attachments = kept.stream().map(Kept::attachment).toList();
            if (AttachmentFetch.isNeeded(attachments)) {
                store.expectFiles(requestId);
            }
            return new RequestContent(
                    body(store, requestId, "text", draft.text(), inline),
                    body(store, requestId, "html", draft.html(), inline),
                    attachments,
                    Budget.carriesLetter(draft.subject(), labels, attachments, copies)
                            ? null
                            : Letters.keep(store, requestId, new Letter(draft.subject(), labels, attachments)),
                    kept.stream()
                            .map(file -> new Excerpt.File(file.attachment().name(), file.size()))
                            .toList());
        } catch (IOException unusable) {
            throw ProblemException.unavailable("The attachment store cannot be used: try again later.", unusable);
        }
    }

    /** What the page shows of it. */
    Excerpt excerpt(Draft draft) {
        BodyWords words = BodyWords.of(draft.text(), draft.html());
        return new Excerpt(words.words(), words.isWhole(), files);
    }

    /** Whether a folder was, or will be, made for this. */
    boolean isStored() {
        return (text != null && text.stored() != null)
                || (html != null && html.stored() != null)
                // what lies elsewhere is fetched into the folder when it is sent
                || !attachments.isEmpty()
                || letter != null;
    }

    private static @Nullable Content body(
            AttachmentStore store, String requestId, String name, @Nullable String body, boolean inline)
            throws IOException {
        if (body == null) {
            return null;
        }
        return inline ? Content.inline(body) : Content.stored(store.keepText(requestId, name, body));
    }

    /** Says nothing: bodies and names stay out of logs. */
    @Override
    public String toString() {
        return "RequestContent[...]";
    }
}
