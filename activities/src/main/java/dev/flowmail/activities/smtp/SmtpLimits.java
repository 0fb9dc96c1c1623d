package dev.flowmail.activities.smtp;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one worker asks of one mail server (host and port) at most, whoever signs in there.
 *
 * @param connections open at once, at least 1
 * @param rate null when mails are not counted
 */
public record SmtpLimits(int connections, @Nullable Rate rate) {

    /** As many connections as a public server lets one client have, and any number of mails. */
    public static final SmtpLimits USUAL = new SmtpLimits(8, null);

    /**
     * So many mails in a period, evenly spaced.
     *
     * @param mails at least 1
     */
    public record Rate(int mails, Duration period) {
        private static final Map<String, Duration> PERIODS =
                Map.of("s", Duration.ofSeconds(1), "m", Duration.ofMinutes(1), "h", Duration.ofHours(1));
        private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,5})\\s*/\\s*([smh])");

        /**
         * Reads a rate.
         *
         * @param text mails per second, minute or hour, e.g. {@code 5/s}, {@code 30/m} or {@code 1000/h}
         * @throws IllegalArgumentException when it is none
         */
        public static Rate parse(String text) {
            Matcher form = FORM.matcher(text.strip());
            if (!form.matches()) {
                throw new IllegalArgumentException("not a rate");
            }
            return new Rate(Integer.parseInt(form.group(1)), PERIODS.getOrDefault(form.group(2), Duration.ZERO));
        }

        /** From one mail to the next. */
        Duration spacing() {
            return period.dividedBy(mails);
        }
    }
}
