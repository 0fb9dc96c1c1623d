package dev.flowmail.templates;

/**
 * What a mail with a fresh code says. All strings but the code may be anything.
 *
 * @param language BCP 47 tag, see {@link Languages#tag}
 * @param from who asks: a name, else an address
 * @param subject of the request; may be empty
 * @param outcome what the answer is that the code is for
 * @param code digits
 */
public record CodeMail(String language, String from, String subject, String outcome, String code) {

    /** Says nothing: mails stay out of logs. */
    @Override
    public String toString() {
        return "CodeMail[...]";
    }
}
