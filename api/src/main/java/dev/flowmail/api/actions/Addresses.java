package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Checks mail addresses: one addr-spec (RFC 5322, section 3.4.1), international ones (RFC 6531) included, within RFC 5321's
 * limits of 64 octets for the local part and 254 in all.
 */
final class Addresses {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;
    // no controls, spaces, invisible or unassigned characters; the two ideographs end in CR and LF when cut to 8 bits
    private static final Pattern HARMFUL = Pattern.compile("[\\p{C}\\p{Z}\\u760D\\u760A]");
    private static final Pattern LITERAL = Pattern.compile("\\[[A-Za-z0-9.:]+]");

    private Addresses() {}

    /**
     * An address without the spaces around it.
     *
     * @param where what the address is, for the caller, e.g. {@code To, address 2}
     * @throws ProblemException 400 that does not repeat the address
     */
    static String check(String where, String given) {
        String address = given.strip();
        if (address.isEmpty()) {
            throw ProblemException.badInput(where + ": the address is missing.");
        }
        if (!isAddress(address)) {
            throw ProblemException.badInput(
                    where + " is not a mail address: enter one such as name@example.com, and nothing else.");
        }
        return address;
    }

    static boolean isAddress(String address) {
        int at = address.lastIndexOf('@');
        return at > 0
                && octets(address) <= LONGEST
                && octets(address.substring(0, at)) <= LONGEST_LOCAL_PART
                && !HARMFUL.matcher(address).find()
                && isAddrSpec(address)
                && isDomain(address.substring(at + 1));
    }

    private static boolean isAddrSpec(String address) {
        try {
            InternetAddress[] parsed = InternetAddress.parse(address, true);
            if (parsed.length != 1 || parsed[0].isGroup() || !address.equals(parsed[0].getAddress())) {
                return false;
            }
            parsed[0].validate();
            return true;
        } catch (AddressException notOne) {
            return false;
        }
    }

    private static boolean isDomain(String domain) {
        if (LITERAL.matcher(domain).matches()) {
            return true;
        }
        try {
            return !IDN.toASCII(domain, IDN.USE_STD3_ASCII_RULES).isEmpty();
        } catch (IllegalArgumentException notInternational) {
            return false;
        }
    }

    private static int octets(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
