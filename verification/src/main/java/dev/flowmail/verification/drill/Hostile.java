package dev.flowmail.verification.drill;

import dev.flowmail.simulator.inbox.DecisionLink;
import dev.flowmail.simulator.inbox.Inbox;
import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who means ill, from where Flow and the recipients come from too: presses what a scanner finds in each mail, guesses
 * codes, links and logins, and sends what is broken, endless or far too slow. All of it must be refused, and cost the others
 * nothing. The same seed tries the same.
 */
final class Hostile implements AutoCloseable {

    private static final long PAUSE_MILLIS = 400;
    private static final List<Attack> ATTACKS = List.of(Attack.values());

    private final List<FlowmailProcess> replicas;
    private final Inbox inbox;
    private final Random random;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "hostile");
        thread.setDaemon(true);
        return thread;
    });
    private final Attempts attempts = new Attempts();
    private final Presser presser;
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
        this.random = random;
        this.presser = new Presser(attempts, requests);
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
                attempts.succeed("A slow request was let go on for minutes");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** What was not refused. */
    List<String> successes() {
        return attempts.successes();
    }

    /** One sentence. */
    String summary() {
        return attempts.summary();
    }

    private void goOn() {
        while (!isOver) {
            readMails();
            Attack attack = ATTACKS.get(random.nextInt(ATTACKS.size()));
            FlowmailProcess replica = replicas.get(random.nextInt(replicas.size()));
            URI target = link;
            if (target != null) {
                String path = target.getRawPath();
                threads.execute(() -> attempts.note(attack.name(), attack.on(replica.address("/"), path)));
            }
            try {
                TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void readMails() {
        List<ReceivedMail> mails = inbox.mails();
        for (ReceivedMail mail : mails.subList(read, mails.size())) {
            List<DecisionLink> links = mail.htmlLinks();
            if (presser.knows(mail) && !links.isEmpty()) {
                link = links.get(0).address();
                FlowmailProcess replica = replicas.get(random.nextInt(replicas.size()));
                List<DecisionLink> pressed = new ArrayList<>(links);
                Collections.shuffle(pressed, random);
                threads.execute(() -> pressed.forEach(found ->
                        presser.press(mail, replica.address(found.address().getRawPath()))));
            }
        }
        read = mails.size();
    }
}
