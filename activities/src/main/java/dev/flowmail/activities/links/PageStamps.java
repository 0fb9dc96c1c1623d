package dev.flowmail.activities.links;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Signs when the page of a link was made: milliseconds since 1970 (8 bytes) and the first 16 bytes of an HMAC-SHA-256 with a
 * key of the links, as 32 characters of base64url. The page's form carries it, so nothing is stored, and any replica reads it.
 */
public final class PageStamps {

    /** Other versions are codes of links and of pages. */
    private static final byte VERSION = 5;

    private static final int SIGNATURE_SIZE = 16;

    private final KeyRing keys;

    public PageStamps(KeyRing keys) {
        this.keys = keys;
    }

    public String of(DecisionLink link, Instant madeAt) {
        byte[] stamp = ByteBuffer.allocate(Long.BYTES + SIGNATURE_SIZE)
                .putLong(madeAt.toEpochMilli())
                .put(signature(keys.first(), link, madeAt.toEpochMilli()))
                .array();
        return Base64.getUrlEncoder().encodeToString(stamp);
    }

    /** When the page was made; empty for anything but a stamp of this very link. */
    public Optional<Instant> read(String stamp, DecisionLink link) {
        byte[] bytes;
        try {
            bytes = Base64.getUrlDecoder().decode(stamp);
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
        if (bytes.length != Long.BYTES + SIGNATURE_SIZE) {
            return Optional.empty();
        }
        long madeAt = ByteBuffer.wrap(bytes).getLong();
        byte[] given = Arrays.copyOfRange(bytes, Long.BYTES, bytes.length);
        boolean signed =
                keys.keys().stream().anyMatch(key -> MessageDigest.isEqual(signature(key, link, madeAt), given));
        return signed ? Optional.of(Instant.ofEpochMilli(madeAt)) : Optional.empty();
    }

    private static byte[] signature(Key key, DecisionLink link, long madeAt) {
        byte[] text = ByteBuffer.allocate(1 + DecisionLink.DIGEST_SIZE + Short.BYTES + 2 + Long.BYTES)
                .put(VERSION)
                .put(link.digest())
                .putShort((short) link.recipient())
                .put((byte) link.generation())
                .put((byte) link.outcome())
                .putLong(madeAt)
                .array();
        return Arrays.copyOf(Hmac.of(key, text), SIGNATURE_SIZE);
    }
}
