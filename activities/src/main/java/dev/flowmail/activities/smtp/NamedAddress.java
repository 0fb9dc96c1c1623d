package dev.flowmail.activities.smtp;

import jakarta.mail.internet.InternetAddress;

/** An address with a display name of any length, which stands in headers so that exactly this name is read again. */
final class NamedAddress extends InternetAddress {
    private static final long serialVersionUID = 1L;

    /** A quoted name is never folded. */
    private static final int LONGEST_QUOTED = 200;

    /**
     * Takes both as they are.
     *
     * @param address already checked
     * @param name on one line
     */
    NamedAddress(String address, String name) {
        this.address = address;
        personal = name;
        encodedPersonal = needsEncoding(name) ? EncodedWords.of(name) : name;
    }

    private static boolean needsEncoding(String name) {
        // several spaces count as one where a name is not quoted
        return EncodedWords.needs(name) || name.contains("  ") || name.length() > LONGEST_QUOTED;
    }
}
