package dev.flowmail.activities.links;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Locale;

/**
 * The short code that stands in a recipient's decision mails and that the page asks for where a submission could be a
 * machine's: five letters and digits, at least one of each, none of which looks like another or makes a word with others.
 *
 * <p>It is computed from the request, the recipient's index and their generation by HMAC-SHA-256 with a key of the links, so
 * nothing is stored: mails carry that of the first key, and those of all keys are right. It tells a reader of the mail from a
 * program that only followed its links; against people who have the mail it protects nothing. Safe for several threads.
 */
public final class PageCodes {

    /** Without vowels, and without 0, 1, 2, 5 and 8, which look like O, I or L, Z, S and B. */
    private static final String LETTERS = "CDFGHJKMNPQRTVWXY";

    private static final String DIGITS = "34679";
    private static final String SIGNS = LETTERS + DIGITS;
    private static final int LENGTH = 5;

    /** Versions 1 to 3 are codes of links. */
    private static final byte VERSION = 4;

    private final KeyRing keys;

    public PageCodes(KeyRing keys) {
        this.keys = keys;
    }

    /** The code in the mails to the recipient of this link. */
    public String of(DecisionLink link) {
        return code(keys.first(), link);
    }

    /** Whether somebody has typed that code: in any case, with spaces or dashes, with an input method's wide letters. */
    public boolean isRight(String typed, DecisionLink link) {
        byte[] given = normalised(typed).getBytes(StandardCharsets.UTF_8);
        boolean right = false;
        // every key is tried, so that the time tells nothing about which one fits
        for (Key key : keys.keys()) {
            right |= MessageDigest.isEqual(code(key, link).getBytes(StandardCharsets.UTF_8), given);
        }
        return right;
    }

    /** A typed code as it is compared: its letters and digits only, large, digits of any script as 0 to 9. */
    public static String normalised(String typed) {
        StringBuilder signs = new StringBuilder();
        Normalizer.normalize(typed, Normalizer.Form.NFKC)
                .codePoints()
                .filter(Character::isLetterOrDigit)
                .map(sign -> Character.isDigit(sign) ? Character.forDigit(Character.digit(sign, 10), 10) : sign)
                .forEach(signs::appendCodePoint);
        return signs.toString().toUpperCase(Locale.ROOT);
    }

    private static String code(Key key, DecisionLink link) {
        for (byte round = 0; round < Byte.MAX_VALUE; round++) {
            String code = code(Hmac.of(key, body(link, round)));
            boolean isMixed =
                    code.chars().anyMatch(Character::isDigit) && code.chars().anyMatch(Character::isLetter);
            if (isMixed) {
                return code;
            }
        }
        throw new IllegalStateException("127 codes in a row without a digit or without a letter");
    }

    private static byte[] body(DecisionLink link, byte round) {
        return ByteBuffer.allocate(1 + DecisionLink.DIGEST_SIZE + Short.BYTES + 2)
                .put(VERSION)
                .put(link.digest())
                .putShort((short) link.recipient())
                .put((byte) link.generation())
                .put(round)
                .array();
    }

    private static String code(byte[] hash) {
        long number = ByteBuffer.wrap(hash).getLong() >>> 1;
        StringBuilder code = new StringBuilder();
        while (code.length() < LENGTH) {
            code.append(SIGNS.charAt((int) (number % SIGNS.length())));
            number /= SIGNS.length();
        }
        return code.toString();
    }
}
