package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.Beginning;

/** A 400 that shows what is no email address, and why where that cannot be seen. */
final class WrongAddress {

    private static final int LONGEST_SHOWN = 80;

    private WrongAddress() {}

    static ProblemException of(String where, String given) {
        String bare = Addresses.bare(Beginning.of(given, Addresses.LONGEST_PART));
        if (bare.isEmpty()) {
            return ProblemException.badInput(where + ": the address is missing.");
        }
        String hidden = bare.codePoints()
                .filter(WrongAddress::isInvisible)
                .mapToObj("It has an invisible character in it (U+%04X)."::formatted)
                .findFirst()
                .orElse("");
        String shown = Text.line(bare).orElse("");
        return ProblemException.badInput((where + ": \"" + Beginning.of(shown, LONGEST_SHOWN)
                        + (shown.length() > LONGEST_SHOWN ? "…" : "") + "\" is not an email address. " + hidden)
                .strip());
    }

    private static boolean isInvisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL, Character.FORMAT -> true;
            case Character.SPACE_SEPARATOR -> character != ' ';
            default -> false;
        };
    }
}
