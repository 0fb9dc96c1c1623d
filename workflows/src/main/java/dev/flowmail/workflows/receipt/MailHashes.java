package dev.flowmail.workflows.receipt;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was mailed, as SHA-256 in base64url without padding.
 *
 * @param subject of the subject in UTF-8
 * @param text of the text part in UTF-8, each run of white space as one space and none at its ends; null when there is
 *     none
 * @param html of the HTML part, likewise; null when there is none
 * @param files of the attachments, in order
 */
public record MailHashes(
        String subject, @Nullable String text, @Nullable String html, List<FileHash> files) {

    /**
     * An attachment.
     *
     * @param name of its name in UTF-8
     * @param content of its bytes
     */
    public record FileHash(String name, String content) {}
}
