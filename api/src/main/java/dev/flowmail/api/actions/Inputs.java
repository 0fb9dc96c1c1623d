package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.MObject;
import dev.flowmail.activities.flow.Values;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An action's inputs as what they mean. */
final class Inputs {
    private static final int LONGEST_LINE = 2_000;
    private static final int LONGEST_NAME = 200;
    /** Far more than any request may have; each entry costs a look, repeated ones too. */
    private static final int LONGEST_LIST = 1_000;

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
                .flatMap(text -> Arrays.stream(text.split(";", -1)))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .toList();
        requireShort(name, parts);
        return parts;
    }

    /** Addresses separated by {@code ;}. */
    List<Mailbox> addresses(String name) {
        List<String> parts = parts(name);
        List<Mailbox> mailboxes = new ArrayList<>();
        for (String part : parts) {
            mailboxes.add(new Mailbox(Addresses.check(name + ", address " + (mailboxes.size() + 1), part), null));
        }
        return mailboxes;
    }

    /** A list of the type {@code Contact}. */
    List<Mailbox> contacts(String name) {
        requireShort(name, values.objects(name));
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

    private static void requireShort(String name, List<?> list) {
        if (list.size() > LONGEST_LIST) {
            throw ProblemException.badInput(name + " has " + list.size() + " entries, more than any request may have.");
        }
    }

    private static Mailbox mailbox(String where, MObject contact) {
        String address =
                Addresses.check(where + ", Email", contact.text("Email").orElse(""));
        String name = contact.text("Name")
                .flatMap(Text::line)
                .map(line -> Text.cut(line, LONGEST_NAME))
                .orElse(null);
        return new Mailbox(address, name);
    }
}
