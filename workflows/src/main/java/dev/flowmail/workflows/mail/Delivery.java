package dev.flowmail.workflows.mail;

import java.util.List;

/**
 * What became of a mail that at least one recipient's server has taken.
 *
 * @param refused the recipients that the server refused for good; empty when it took all
 */
public record Delivery(List<Refused> refused) {

    /**
     * A recipient that the server refused for good.
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
