package dev.flowmail.activities.links;

import java.util.function.Function;

/**
 * What stands in a decision mail for its one recipient. Each is asked with a link of theirs.
 *
 * @param link the code in the address of that very link
 * @param page what the page may ask for: the same for all links of the recipient
 * @param check the code in the address of the link for scanners: the same for all links of the recipient
 * @param fresh the code that is mailed for one answer
 */
public record MailedCodes(
        Function<DecisionLink, String> link,
        Function<DecisionLink, String> page,
        Function<DecisionLink, String> check,
        Fresh fresh) {

    /** See {@link FreshCodes#code}. */
    @FunctionalInterface
    public interface Fresh {
        String code(String nonce, String holder, int outcome);
    }

    public MailedCodes(LinkCodes links, PageCodes pages, FreshCodes fresh) {
        this(links::mint, pages::of, links::mintCheck, fresh::code);
    }
}
