package dev.flowmail.verification.drill;

import dev.flowmail.simulator.inbox.ReceivedMail;
import dev.flowmail.simulator.recipient.Page;
import dev.flowmail.simulator.recipient.Recipient;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A machine that presses what it finds behind a mail's links. */
final class Presser {
    private static final int GUESSES = 3;

    private final Attempts attempts;
    private final Function<String, @Nullable Request> requests;
    private final Recipient browser = new Recipient();

    /** @param requests by a recipient's address; null where none is known */
    Presser(Attempts attempts, Function<String, @Nullable Request> requests) {
        this.attempts = attempts;
        this.requests = requests;
    }

    /** Whether a mail is one of the drill's. */
    boolean knows(ReceivedMail mail) {
        return requests.apply(mail.recipient()) != null;
    }

    /** Fills each field that it finds and presses, as machines do; then guesses what else it is asked. */
    void press(ReceivedMail mail, URI address) {
        try {
            browser.head(address);
            Page page = browser.open(address);
            for (int guess = 0; guess < GUESSES && page.asks(); guess++) {
                page = browser.submit(page, filled(page));
                pressed(mail, page.status());
            }
        } catch (UncheckedIOException down) {
            attempts.note("A press", Wire.NOBODY);
        }
    }

    private void pressed(ReceivedMail mail, int status) {
        Request request = requests.apply(mail.recipient());
        // a page that says what the recipient has answered grants nothing
        attempts.note(
                "A press",
                status < 400 && request != null && request.hasClicked(mail.recipient()) ? Wire.CUT_OFF : status);
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
