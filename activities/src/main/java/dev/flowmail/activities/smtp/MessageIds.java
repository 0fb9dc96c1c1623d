package dev.flowmail.activities.smtp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Derives Message-IDs: the same for every attempt at a mail, whatever happened between them.
 *
 * @param host who makes them, for the part after the {@code @}
 */
record MessageIds(String host) {

    /** The Message-ID of a mail, with its angle brackets. */
    String of(String mailId) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(mailId.getBytes(StandardCharsets.UTF_8));
            return "<" + HexFormat.of().formatHex(digest, 0, 16) + "@" + host + ">";
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
