package dev.flowmail.verification.drill;

import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who means ill, from where Flow and the recipients come from too: presses what a scanner finds in each mail, guesses
 * codes, links and logins, and sends what is broken, endless or far too slow. All of it must be refused, and cost the others
 * nothing. The same seed tries the same.
 */
final class Hostile implements AutoCloseable {

    private static final long PAUSE_MILLIS = 400;
    private static final int GUESSES = 3;
    private static final List<Attack> ATTACKS = List.of(Attack.values());

    private final List<FlowmailProcess> replicas;
    private final Inbox inbox;
    private final Function<String, @Nullable Request> requests;
    private final Random random;
    private final Recipient browser = new Recipient();
    private final AtomicInteger tries = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger unheard = new AtomicInteger();
    private final List<String> successes = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "hostile");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable URI link;
    private volatile boolean isOver;
    private int read;

    /**
     * Begins at once.
     *
     * @param requests by a recipient's address; null where none is known
     */
    Hostile(List<FlowmailProcess> replicas, Inbox inbox, Function<String, @Nullable Request> requests, Random random) {
        this.replicas = replicas;
        this.inbox = inbox;
        this.requests = requests;
        this.random = random;
        threads.execute(this::goOn);
    }

    /** Tries no more; what was begun goes on to its end. */
    void stop() {
        isOver = true;
    }

    @Override
    public void close() {
        stop();
    }

    /** Waits for the end of what was begun, once it tries no more. */
    void settle() {
        threads.shutdown();
        try {
            if (!threads.awaitTermination(2, TimeUnit.MINUTES)) {
                successes.add("A slow request was let go on for minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was not refused. */
    List<String> successes() {
        return successes;
    }

    /** One sentence. */
    String summary() {
        return "%d hostile tries: %d refused, %d to a Flowmail that was down, %d got through."
                .formatted(tries.get(), refused.get(), unheard.get(), successes.size());
    }

    private void goOn() {
        while (!isOver) {
            readMails();
            Attack attack = ATTACKS.get(random.nextInt(ATTACKS.size()));
            FlowmailProcess replica = replicas.get(random.nextInt(replicas.size()));
            URI target = link;
            if (target != null) {
                String path = target.getRawPath();
                threads.execute(() -> note(attack.name(), attack.on(replica.address("/"), path)));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void note(String what, int status) {
        tries.incrementAndGet();
        if (status == Wire.NOBODY) {
            unheard.incrementAndGet();
        } else if (status == Wire.CUT_OFF || status >= 400) {
            refused.incrementAndGet();
        } else {
            successes.add(what + " was answered " + status);
        }
    }

    private void readMails() {
        List<ReceivedMail> mails = inbox.mails();
        for (ReceivedMail mail : mails.subList(read, mails.size())) {
            Request request = requests.apply(mail.recipient());
            List<DecisionLink> links = mail.htmlLinks();
            if (request != null && !links.isEmpty()) {
                link = links.get(0).address();
                FlowmailProcess replica = replicas.get(random.nextInt(replicas.size()));
                List<DecisionLink> pressed = new ArrayList<>(links);
                Collections.shuffle(pressed, random);
                threads.execute(() -> pressed.forEach(found -> press(
                        request,
                        mail.recipient(),
                        replica.address(found.address().getRawPath()))));
            }
        }
        read = mails.size();
    }

    /** Fills each field that it finds and presses, as machines do; then guesses what else it is asked. */
    private void press(Request request, String recipient, URI address) {
        try {
            browser.head(address);
            Page page = browser.open(address);
            for (int guess = 0; guess < GUESSES && page.asks(); guess++) {
                page = browser.submit(page, filled(page));
                pressed(request, recipient, page.status());
            }
        } catch (UncheckedIOException down) {
            note("A press", Wire.NOBODY);
        }
    }

    private void pressed(Request request, String recipient, int status) {
        // a page that says what the recipient has answered grants nothing
        note("A press", status < 400 && request.hasClicked(recipient) ? Wire.CUT_OFF : status);
    }

    private static Map<String, String> filled(Page page) {
        Map<String, String> fields = new HashMap<>();
        page.form().select("input[type=text], textarea").forEach(field -> fields.put(field.attr("name"), "AB3DE"));
        page.form().select("button[name]").stream()
                .findFirst()
                .ifPresent(button -> fields.put(button.attr("name"), button.attr("value")));
        return fields;
    }
}
