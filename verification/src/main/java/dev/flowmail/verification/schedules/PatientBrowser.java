package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import dev.flowmail.verification.programs.Pause;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/** A person's browser while Flowmail may be down: a page is opened again until it says something. */
final class PatientBrowser {
    static final Duration PATIENCE = Duration.ofSeconds(200);

    private final Recipient http = new Recipient();

    /** Once: what comes of it must be looked at. */
    Page submit(Page page) {
        return http.submit(page);
    }

    /** Once, with more than the form has. */
    Page submit(Page page, Map<String, String> more) {
        return http.submit(page, more);
    }

    /** Whether a status says what became of it; 0 for no answer. */
    static boolean isAnswered(int status) {
        return status != 0 && status != 503 && status != 429;
    }

    /** Opens the link with this label. */
    Page open(ReceivedMail mail, String outcome) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                Page page = http.open(mail.link(outcome));
                if (isAnswered(page.status()) || Instant.now().isAfter(end)) {
                    return page;
                }
            } catch (UncheckedIOException down) {
                if (Instant.now().isAfter(end)) {
                    throw down;
                }
            }
            Pause.millis(500);
        }
    }
}
