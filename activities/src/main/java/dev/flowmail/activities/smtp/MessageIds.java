package dev.flowmail.activities.smtp;

import java.util.HexFormat;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Derives Message-IDs: the same for every attempt at a mail, whatever happened between them.
 *
 * @param host who makes them, for the part after the {@code @}
 */
record MessageIds(String host) {

    /** The Message-ID of a mail, with its angle brackets. */
    String of(String mailId) {
        return "<" + HexFormat.of().formatHex(DigestUtils.sha256(mailId), 0, 16) + "@" + host + ">";
    }
}
