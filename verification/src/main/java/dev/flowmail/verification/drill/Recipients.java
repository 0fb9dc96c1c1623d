package dev.flowmail.verification.drill;

import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import dev.flowmail.verification.drill.Request.Kind;
import dev.flowmail.verification.recipients.MailedCodes;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Recipients that never give up: an answer is sent again until its page says what became of it. Nobody answers sooner or later
 * than within half a minute of the mail; before, a scanner looks at every link.
 */
final class Recipients {
    private static final Duration AGAIN = Duration.ofSeconds(1);

    /** So far around a deadline clicks fall. */
    private static final int RACE_MILLIS = 800;

    private final Inbox inbox;
    private final Balancer balancer;
    private final Requests requests;
    private final Tasks tasks;
    private final Chance chance;
    private final List<String> surprises;
    private final Recipient browser = new Recipient();
    private final Set<String> asked = new HashSet<>();
    private int read;

    /** @param surprises where answers go that nobody should get, as sentences */
    Recipients(Inbox inbox, Balancer balancer, Requests requests, Tasks tasks, Chance chance, List<String> surprises) {
        this.inbox = inbox;
        this.balancer = balancer;
        this.requests = requests;
        this.tasks = tasks;
        this.chance = chance;
        this.surprises = surprises;
    }

    /** Reads what has come since; by one thread at a time. */
    void readMails() {
        List<ReceivedMail> mails = inbox.mails();
        for (ReceivedMail mail : mails.subList(read, mails.size())) {
            Request request = requests.of(mail.recipient());
            if (request != null && request.isDecision()) {
                boolean first = asked.add(mail.recipient());
                tasks.now(() -> scan(mail));
                if (first && request.isAnswered()) {
                    tasks.later(() -> open(request, mail), thought(request));
                }
            }
        }
        read = mails.size();
    }

    private Duration thought(Request request) {
        if (request.kind() != Kind.DEADLINE) {
            return chance.shorterThan(Request.LONGEST_THOUGHT_MILLIS);
        }
        Duration passed = Duration.between(request.acceptedAt(), Instant.now());
        Duration left = Request.TIMEOUT
                .minusMillis(RACE_MILLIS / 2)
                .plus(chance.shorterThan(RACE_MILLIS))
                .minus(passed);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private void scan(ReceivedMail mail) {
        mail.htmlLinks().forEach(link -> {
            try {
                browser.head(balancer.on(link.address()));
                browser.open(balancer.on(link.address()));
            } catch (UncheckedIOException down) {
                // scanners do not come back
            }
        });
    }

    private void open(Request request, ReceivedMail mail) {
        try {
            Page page = browser.open(balancer.on(mail.link(request.choice(mail.recipient()))));
            if (page.status() == 200 && page.asks()) {
                submit(request, mail, page);
                return;
            }
            if (page.status() == 200 || page.status() == 410) {
                request.answer(mail.recipient(), page.status() == 200 ? 409 : 410);
                return;
            }
            unexpected(page);
        } catch (UncheckedIOException down) {
            // comes back later
        }
        tasks.later(() -> open(request, mail), AGAIN);
    }

    private void submit(Request request, ReceivedMail mail, Page page) {
        request.click(mail.recipient());
        try {
            Page answer =
                    press(new Page(balancer.on(page.address()), page.status(), page.headers(), page.html()), mail);
            if (answer.status() == 200 || answer.status() == 409 || answer.status() == 410) {
                request.answer(mail.recipient(), answer.status());
                return;
            }
            if (answer.status() == 428) {
                // a machine has been at it: the page asks for the code that stands in the mail
                tasks.later(() -> submit(request, mail, answer), AGAIN);
                return;
            }
            unexpected(answer);
        } catch (UncheckedIOException down) {
            // nobody knows whether it was recorded: as a person, press again
        }
        tasks.later(() -> submit(request, mail, page), AGAIN);
    }

    private Page press(Page page, ReceivedMail mail) {
        if (page.form().select("[name=code]").isEmpty()) {
            return browser.submit(page);
        }
        String code = MailedCodes.standing(mail).orElseThrow(() -> new IllegalStateException("A mail has no code"));
        return browser.submit(page, MailedCodes.fields(page, code));
    }

    private void unexpected(Page page) {
        if (page.status() != 202 && page.status() != 429 && page.status() != 503) {
            surprises.add("A recipient's page answered " + page.status());
        }
    }
}
