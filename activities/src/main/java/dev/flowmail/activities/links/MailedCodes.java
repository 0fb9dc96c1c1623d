package dev.flowmail.activities.links;

import java.util.function.Function;

/**
 * What stands in a decision mail for its one recipient. Each is asked with a link of theirs.
 *
 * @param link the code in the address of that very link
 * @param page what the page may ask for: the same for all links of the recipient
 * @param check the code in the address of the link for scanners: the same for all links of the recipient
 */
public record MailedCodes(
        Function<DecisionLink, String> link,
        Function<DecisionLink, String> page,
        Function<DecisionLink, String> check) {

    public MailedCodes(LinkCodes links, PageCodes pages) {
        this(links::mint, pages::of, links::mintCheck);
    }
}
