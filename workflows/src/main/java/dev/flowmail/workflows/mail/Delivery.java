package dev.flowmail.workflows.mail;

import dev.flowmail.workflows.receipt.MailHashes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of a mail that at least one recipient's server has accepted.
 *
 * @param refused the recipients that the server rejected for good; empty when it accepted all
 * @param hashes of a decision mail, as it was handed over; null for a plain mail, and in histories of before they were kept
 */
public record Delivery(List<Refused> refused, @Nullable MailHashes hashes) {

    public Delivery(List<Refused> refused) {
        this(refused, null);
    }

    /**
     * A recipient that the server rejected for good.
     *
     * @param address the refused address
     * @param code the SMTP reply code, e.g. 550
     * @param reply the server's own words
     */
    public record Refused(String address, int code, String reply) {

        /** The code only. */
        @Override
        public String toString() {
            return "Refused[" + code + "]";
        }
    }
}
