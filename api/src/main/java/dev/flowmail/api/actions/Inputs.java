package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.MObject;
import dev.flowmail.activities.flow.Values;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.Beginning;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An action's inputs as what they mean. */
final class Inputs {
    /** Far more than any list may have: millions would take memory before they are counted. */
    private static final int MOST_PIECES = 10_000;

    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_NAME = 200;

    private final Values values;

    Inputs(Values values) {
        this.values = values;
    }

    /** A text as it came; empty when it is absent or blank. */
    Optional<String> text(String name) {
        return values.text(name).filter(text -> !text.isBlank());
    }

    /**
     * A text in one line.
     *
     * @throws ProblemException 400 when it is longer than 2,000 characters
     */
    Optional<String> line(String name) {
        Optional<String> line = values.text(name).flatMap(Text::line);
        if (line.filter(text -> text.length() > LONGEST_LINE).isPresent()) {
            throw ProblemException.badInput(name + " is longer than " + LONGEST_LINE + " characters.");
        }
        return line;
    }

    /** What stands between {@code ;}, without the spaces around it: empty parts are nothing. */
    List<String> parts(String name) {
        List<String> parts = values.text(name).stream()
                .flatMap(text -> Arrays.stream(text.split(";", MOST_PIECES)))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        AddressParts.requireShort(name, parts);
        return parts;
    }

    /** One address; empty when it is absent or blank. */
    Optional<Mailbox> address(String name) {
        return text(name).map(address -> Addresses.one(name, address));
    }

    /** A list of addresses as people write them. */
    List<Mailbox> addresses(String name) {
        return text(name).map(list -> Addresses.list(name, list)).orElse(List.of());
    }

    /** A list of the type {@code Contact}. */
    List<Mailbox> contacts(String name) {
        AddressParts.requireShort(name, values.objects(name));
        List<Mailbox> mailboxes = new ArrayList<>();
        for (MObject contact : values.objects(name)) {
            mailboxes.add(mailbox(name + ", contact " + (mailboxes.size() + 1), contact));
        }
        return mailboxes;
    }

    /** The one object of the type {@code Contact}. */
    Mailbox contact(String name) {
        List<MObject> contacts = values.objects(name);
        if (contacts.size() != 1) {
            throw ProblemException.badInput(name + " must be one Contact; the request has " + contacts.size() + ".");
        }
        return mailbox(name, contacts.get(0));
    }

    List<MObject> objects(String name) {
        return values.objects(name);
    }

    private static Mailbox mailbox(String where, MObject contact) {
        String email = contact.text("Email").filter(text -> !text.isBlank()).orElse("");
        Mailbox mailbox = Addresses.one(email.isEmpty() ? where + ", Email" : where, email);
        String name = contact.text("Name")
                .flatMap(Text::line)
                .map(line -> Beginning.of(line, LONGEST_NAME))
                .orElse(mailbox.name());
        return new Mailbox(mailbox.address(), name);
    }
}
