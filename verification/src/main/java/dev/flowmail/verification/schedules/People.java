package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The recipients of one request, who open a page as soon as they have the mail and submit it when their time comes. Who is told
 * nothing, because Flowmail is down, presses again.
 */
final class People {
    private static final Duration PATIENCE = Duration.ofSeconds(200);

    private final Recipient browser = new Recipient();
    private final MailServer mails;
    private final Journal journal;
    private final Map<String, Page> opened = new ConcurrentHashMap<>();
    private final List<Click> clicks = new CopyOnWriteArrayList<>();
    private volatile boolean over;

    People(MailServer mails, Journal journal) {
        this.mails = mails;
        this.journal = journal;
    }

    List<Click> clicks() {
        return List.copyOf(clicks);
    }

    /** No mail comes any more. */
    void stopWaiting() {
        over = true;
    }

    /** Opens a page, to be submitted later. */
    void open(String address, String outcome) {
        Optional<ReceivedMail> mail = mailTo(address);
        if (mail.isPresent()) {
            Page page = patientlyOpened(mail.get(), outcome);
            if (page.asks()) {
                opened.put(address + outcome, page);
            }
        }
    }

    /** Looks at a page and leaves it. */
    void look(String address) {
        mailTo(address).ifPresent(mail -> {
            Page page = patientlyOpened(mail, Schedule.APPROVE);
            journal.note(address + " looks: " + page.status());
        });
    }

    /** Submits an answer; does nothing when no page has asked for it. */
    void click(String address, String outcome) {
        if (!opened.containsKey(address + outcome)) {
            open(address, outcome);
        }
        Page page = opened.get(address + outcome);
        if (page == null) {
            journal.note(address + " has nothing to click " + outcome + " on");
            return;
        }
        Instant end = Instant.now().plus(PATIENCE);
        while (!isAnswered(submit(page, address, outcome)) && Instant.now().isBefore(end)) {
            Pause.millis(500);
        }
    }

    /** What somebody's page says now; empty when they have no mail. */
    Optional<Page> page(String address) {
        return mails.mailsTo(address).stream().findFirst().map(mail -> patientlyOpened(mail, Schedule.APPROVE));
    }

    private static boolean isAnswered(int status) {
        return status != 0 && status != 503 && status != 429;
    }

    private int submit(Page page, String address, String outcome) {
        Instant begun = Instant.now();
        int status = 0;
        try {
            status = browser.submit(page).status();
        } catch (UncheckedIOException down) {
            // nobody knows whether it was recorded
        }
        clicks.add(new Click(begun, Instant.now(), address, outcome, status));
        journal.note(address + " clicks " + outcome + ": " + (status == 0 ? "no answer" : status));
        return status;
    }

    private Optional<ReceivedMail> mailTo(String address) {
        while (mails.mailsTo(address).isEmpty() && !over) {
            Pause.millis(20);
        }
        return mails.mailsTo(address).stream().findFirst();
    }

    private Page patientlyOpened(ReceivedMail mail, String outcome) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                Page page = browser.open(mail.link(outcome));
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
