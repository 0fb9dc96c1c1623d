package dev.flowmail.activities.links;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Locale;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * Codes of six digits that are mailed for one answer of one recipient. What is random is a nonce; the code is made of it by
 * HMAC-SHA-256 with a key of the links, so that each attempt at the mail brings the same one, while the request keeps no more
 * than nonce and hash. Safe for several threads.
 */
public final class FreshCodes {

    /** Other versions are codes of links and pages. */
    private static final byte VERSION = 6;

    private static final int NONCE_SIZE = 16;
    private static final int MOST = 1_000_000;

    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    public FreshCodes(KeyRing keys) {
        this.keys = keys;
    }

    /** What a code is made of; its hash is salted with it. */
    public String nonce() {
        byte[] nonce = new byte[NONCE_SIZE];
        random.nextBytes(nonce);
        return encoded(nonce);
    }

    /**
     * The code.
     *
     * @param holder whom it is mailed to, see {@link DecisionLink#holder()}
     * @param outcome index of the outcome that it is for
     */
    public String code(String nonce, String holder, int outcome) {
        Key key = keys.first();
        byte[] hash = Hmac.of(key, text(nonce, holder, outcome, ""));
        return String.format(Locale.ROOT, "%06d", (ByteBuffer.wrap(hash).getLong() >>> 1) % MOST);
    }

    /** What a request knows a code by: SHA-256 over nonce, holder, outcome and the code as it is compared. */
    public static String hash(String nonce, String holder, int outcome, String typed) {
        return encoded(DigestUtils.sha256(text(nonce, holder, outcome, PageCodes.normalised(typed))));
    }

    private static byte[] text(String nonce, String holder, int outcome, String typed) {
        return (VERSION + "\n" + nonce + "\n" + holder + "\n" + outcome + "\n" + typed)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String encoded(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
