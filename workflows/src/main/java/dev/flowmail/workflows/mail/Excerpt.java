package dev.flowmail.workflows.mail;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of a request's mail. Made when the request is accepted, and bounded: it travels with every look at the
 * page, while bodies and files may lie elsewhere.
 *
 * @param words the beginning of the text, lines end in {@code \n}; empty when there is none
 * @param isWhole whether that is all of it
 * @param files what is attached, at most as many as a mail may have
 */
public record Excerpt(String words, boolean isWhole, List<File> files) {

    /**
     * A file that is attached.
     *
     * @param name as the recipient sees it
     * @param size in bytes; null while it is not known, since the file lies elsewhere
     */
    public record File(String name, @Nullable Long size) {

        /** Says nothing: names stay out of logs. */
        @Override
        public String toString() {
            return "File[...]";
        }
    }

    /** Says nothing: texts stay out of logs. */
    @Override
    public String toString() {
        return "Excerpt[...]";
    }
}
