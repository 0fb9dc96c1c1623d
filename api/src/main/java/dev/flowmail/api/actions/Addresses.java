package dev.flowmail.api.actions;

import dev.flowmail.activities.smtp.MailAddress;
import dev.flowmail.api.actions.AddressParts.Part;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.Beginning;
import dev.flowmail.workflows.mail.Mailbox;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads addresses as people enter and paste them: alone, in angle brackets, after a name, in lists; with spaces and invisible
 * characters around them.
 */
final class Addresses {
    /** Spaces of every kind and characters that show nothing: they come along when something is copied. */
    private static final String INVISIBLE = "[\\s\\p{Z}\\p{Cf}]";

    private static final Pattern AROUND = Pattern.compile("^" + INVISIBLE + "+|" + INVISIBLE + "+$");
    private static final Pattern AROUND_ADDRESS = Pattern.compile("(?i)^mailto:|\\.$");
    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Z}]+");
    private static final Pattern NAMED = Pattern.compile("(?s)([^<>]*)<([^<>]*)>");
    private static final Pattern QUOTED = Pattern.compile("(?s)\"((?:[^\"\\\\]|\\\\.)*)\"|'([^']*)'");
    private static final Pattern ESCAPE = Pattern.compile("\\\\(.)", Pattern.DOTALL);
    private static final int LONGEST_NAME = 200;
    /** A name and an address; what is longer is neither, and is not looked at twice. */
    static final int LONGEST_PART = 1_000;

    private Addresses() {}

    /**
     * One mailbox.
     *
     * @param where what it is, for the caller, e.g. {@code To, contact 2}
     * @throws ProblemException 400 that shows what is no address
     */
    static Mailbox one(String where, String given) {
        return mailbox(given).orElseThrow(() -> WrongAddress.of(where, given));
    }

    /**
     * Mailboxes separated by {@code ;}, {@code ,} or line ends; addresses alone by spaces too. Empty parts are nothing.
     *
     * @throws ProblemException 400 that shows the first part that is no address
     */
    static List<Mailbox> list(String where, String given) {
        List<Part> parts = AddressParts.of(where, given);
        List<Mailbox> mailboxes = new ArrayList<>();
        String name = "";
        for (Part part : parts) {
            String whole = name.isEmpty() ? part.text() : name + "," + part.text();
            Optional<List<Mailbox>> read = mailboxes(whole);
            if (read.isPresent()) {
                mailboxes.addAll(read.get());
                name = "";
            } else if (part.end() == ',' && whole.indexOf('@') < 0 && whole.length() < LONGEST_PART) {
                // a name such as "Smith, Anna", whose address is still to come
                name = whole;
            } else {
                throw WrongAddress.of(where, name.isEmpty() ? part.text() : name);
            }
        }
        if (!name.isEmpty()) {
            throw WrongAddress.of(where, name);
        }
        return mailboxes;
    }

    /** The same for all addresses that are one, however they are written. */
    static String key(Mailbox mailbox) {
        return Normalizer.normalize(MailAddress.forms(mailbox.address()).get(0), Normalizer.Form.NFC)
                .toLowerCase(Locale.ROOT);
    }

    static boolean isAddress(String address) {
        return address.indexOf(' ') < 0 && MailAddress.is(address);
    }

    /** Empty when the text is something else; an empty list when it is nothing. */
    private static Optional<List<Mailbox>> mailboxes(String text) {
        if (text.length() > LONGEST_PART) {
            return Optional.empty();
        }
        String bare = bare(text);
        if (bare.isEmpty()) {
            return Optional.of(List.of());
        }
        Optional<Mailbox> one = mailbox(bare);
        if (one.isPresent()) {
            return one.map(List::of);
        }
        List<String> words = List.of(SPACES.split(bare));
        return words.size() > 1
                        && words.stream().allMatch(word -> address(bare(word)).isPresent())
                ? Optional.of(words.stream()
                        .flatMap(word -> address(bare(word)).stream())
                        .map(address -> new Mailbox(address, null))
                        .toList())
                : Optional.empty();
    }

    private static Optional<Mailbox> mailbox(String text) {
        if (text.length() > LONGEST_PART) {
            return Optional.empty();
        }
        String bare = bare(text);
        Optional<String> alone = address(bare);
        if (alone.isPresent()) {
            return alone.map(address -> new Mailbox(address, null));
        }
        Matcher named = NAMED.matcher(bare);
        return named.matches()
                ? address(bare(named.group(2))).map(address -> new Mailbox(address, name(bare(named.group(1)))))
                : Optional.empty();
    }

    /** An address, also as it stands in a link or at the end of a sentence. */
    private static Optional<String> address(String given) {
        return Optional.of(AROUND_ADDRESS.matcher(given).replaceAll("")).filter(Addresses::isAddress);
    }

    private static @Nullable String name(String given) {
        Matcher quoted = QUOTED.matcher(given);
        String name = !quoted.matches()
                ? given
                : quoted.group(1) == null
                        ? quoted.group(2)
                        : ESCAPE.matcher(quoted.group(1)).replaceAll("$1");
        return Text.line(name).map(line -> Beginning.of(line, LONGEST_NAME)).orElse(null);
    }

    static String bare(String text) {
        return AROUND.matcher(text).replaceAll("");
    }
}
