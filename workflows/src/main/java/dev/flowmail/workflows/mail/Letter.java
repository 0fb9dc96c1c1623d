package dev.flowmail.workflows.mail;

import java.util.List;

/**
 * What all mails of a request share, where that is too much for each of them to carry: one workflow task schedules all
 * mails, and Temporal takes 4 MB at once. It lies in the request's folder, as JSON.
 *
 * @param labels of the outcomes, by index; empty for mails that ask nothing
 */
public record Letter(String subject, List<String> labels, List<Attachment> attachments) {

    /** Says nothing: mails stay out of logs. */
    @Override
    public String toString() {
        return "Letter[...]";
    }
}
