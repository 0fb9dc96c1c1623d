package dev.flowmail.verification.schedules;

import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.verification.programs.Pause;
import dev.flowmail.verification.recipients.MailedCodes;
import dev.flowmail.verification.schedules.Click.How;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * The recipients of one request, who open a page as soon as they have the mail and submit it when their time comes. Who is told
 * nothing, because Flowmail is down, presses again; who is asked for the code reads it in the mail.
 */
final class People {
    private static final int ASKED_FOR_CODE = 428;

    private final PatientBrowser browser = new PatientBrowser();
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
            Page page = browser.open(mail.get(), outcome);
            if (page.asks()) {
                opened.put(address + outcome, page);
            }
        }
    }

    /** Looks at a page and leaves it. */
    void look(String address) {
        mailTo(address).ifPresent(mail -> {
            Page page = browser.open(mail, Schedule.APPROVE);
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
        Page answer = patientlySubmitted(address, outcome, How.PRESS, () -> browser.submit(page));
        if (answer != null && answer.status() == ASKED_FOR_CODE) {
            patientlySubmitted(address, outcome, How.CODE, () -> withCode(answer, address));
        }
    }

    /** Gives the other answer instead of the one that stands; does nothing where the page does not offer that. */
    void change(String address) {
        Optional<Page> page = mailTo(address).map(mail -> browser.open(mail, Schedule.APPROVE));
        Optional<Element> button = page.flatMap(
                shown -> Optional.ofNullable(shown.document().selectFirst("form:has([name=change]) button")));
        if (button.isEmpty()) {
            journal.note(address + " can change nothing");
            return;
        }
        String outcome = button.get().text().contains(Schedule.APPROVE) ? Schedule.APPROVE : Schedule.REJECT;
        patientlySubmitted(address, outcome, How.CHANGE, () -> browser.submit(page.get(), pressed(button.get())));
    }

    private Page withCode(Page asking, String address) {
        String code = MailedCodes.standing(mails.mailsTo(address).get(0)).orElse("none");
        return browser.submit(asking, MailedCodes.fields(asking, code));
    }

    private static Map<String, String> pressed(Element button) {
        return Map.of(button.attr("name"), button.attr("value"));
    }

    /** Null when nobody has answered for long. */
    private @Nullable Page patientlySubmitted(String address, String outcome, How how, Supplier<Page> press) {
        Instant end = Instant.now().plus(PatientBrowser.PATIENCE);
        Page page = submitted(address, outcome, how, press);
        while ((page == null || !PatientBrowser.isAnswered(page.status()))
                && Instant.now().isBefore(end)) {
            Pause.millis(500);
            page = submitted(address, outcome, how, press);
        }
        return page;
    }

    /** What somebody's page says now; empty when they have no mail. */
    Optional<Page> page(String address) {
        return mails.mailsTo(address).stream().findFirst().map(mail -> browser.open(mail, Schedule.APPROVE));
    }

    private @Nullable Page submitted(String address, String outcome, How how, Supplier<Page> press) {
        Instant begun = Instant.now();
        Page page = null;
        try {
            page = press.get();
        } catch (UncheckedIOException down) {
            // nobody knows whether it was recorded
        }
        int status = page == null ? 0 : page.status();
        clicks.add(new Click(begun, Instant.now(), address, outcome, how, status));
        journal.note(address + " " + how + " " + outcome + ": " + (status == 0 ? "no answer" : status));
        return page;
    }

    private Optional<ReceivedMail> mailTo(String address) {
        while (mails.mailsTo(address).isEmpty() && !over) {
            Pause.millis(20);
        }
        return mails.mailsTo(address).stream().findFirst();
    }
}
