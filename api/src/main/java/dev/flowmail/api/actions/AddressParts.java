package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import java.util.ArrayList;
import java.util.List;

/** What stands between the separators of a list of addresses: {@code ;}, {@code ,} and line ends. */
final class AddressParts {

    /** Far more than any request may have; each entry costs a look, repeated ones too. */
    private static final int LONGEST_LIST = 1_000;

    private AddressParts() {}

    /** @param end the separator after it; a line end for the last one */
    record Part(String text, char end) {}

    /**
     * Separators in quotes and in angle brackets are none; what follows such brackets is a part of its own.
     *
     * @param where what the list is, for the caller
     * @throws ProblemException 400 when it has more entries than any request may have; it is read no further
     */
    static List<Part> of(String where, String list) {
        List<Part> parts = new ArrayList<>();
        int start = 0;
        boolean quoted = false;
        boolean bracketed = false;
        for (int index = 0; index < list.length() && parts.size() <= LONGEST_LIST; index++) {
            char character = list.charAt(index);
            if (character == '\\' && quoted) {
                index++;
            } else if (character == '"') {
                quoted = !quoted && list.indexOf('"', index + 1) > 0;
            } else if (!quoted && character == '<') {
                bracketed = true;
            } else if (bracketed && !quoted && character == '>') {
                addIfAny(parts, new Part(list.substring(start, index + 1), character));
                start = index + 1;
                bracketed = false;
            } else if (!quoted && isSeparator(character) && !(bracketed && character == ',')) {
                addIfAny(parts, new Part(list.substring(start, index), character));
                start = index + 1;
                bracketed = false;
            }
        }
        addIfAny(parts, new Part(list.substring(start), '\n'));
        requireShort(where, parts);
        return parts;
    }

    /** @throws ProblemException 400 when the list has more entries than any request may have */
    static void requireShort(String where, List<?> list) {
        if (list.size() > LONGEST_LIST) {
            throw ProblemException.badInput(
                    where + " has " + list.size() + " entries, more than any request may have.");
        }
    }

    private static void addIfAny(List<Part> parts, Part part) {
        if (!part.text().isBlank()) {
            parts.add(part);
        }
    }

    private static boolean isSeparator(char character) {
        return ";,\n\r\u2028\u2029\uFF1B\uFF0C\u3001".indexOf(character) >= 0;
    }
}
