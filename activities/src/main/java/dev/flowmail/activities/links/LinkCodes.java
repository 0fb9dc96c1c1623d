package dev.flowmail.activities.links;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.mail.Question.Comments;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Mints and verifies the codes in decision links: 68 characters of base64url (RFC 4648, section 5).
 *
 * <p>A code is 51 bytes: version 1, the workflow id's digest (20), recipient (2), generation, outcome, outcomes, comments
 * (1 each), and the first 24 bytes of the HMAC-SHA-256 (RFC 2104) over those before it. 51 is a multiple of three, so each
 * code has exactly one spelling. It names no key: that a key is gone looks like a forgery. Safe for several threads.
 */
public final class LinkCodes {

    private static final byte VERSION = 1;
    private static final int BODY_SIZE = 1 + DecisionLink.DIGEST_SIZE + Short.BYTES + 4;
    private static final int SIGNATURE_SIZE = 24;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{68}");
    private static final String ALGORITHM = "HmacSHA256";

    private final KeyRing keys;

    public LinkCodes(KeyRing keys) {
        this.keys = keys;
    }

    /** A code for a link, signed with the first key. The same link and key give the same code. */
    public String mint(DecisionLink link) {
        byte[] body = ByteBuffer.allocate(BODY_SIZE)
                .put(VERSION)
                .put(link.digest())
                .putShort((short) link.recipient())
                .put((byte) link.generation())
                .put((byte) link.outcome())
                .put((byte) link.outcomes())
                .put(number(link.comments()))
                .array();
        byte[] code = ByteBuffer.allocate(BODY_SIZE + SIGNATURE_SIZE)
                .put(body)
                .put(signature(keys.first(), body))
                .array();
        return Base64.getUrlEncoder().encodeToString(code);
    }

    /** What a code says; empty for anything that was not signed by one of the keys, whatever is wrong with it. */
    public Optional<DecisionLink> verify(String code) {
        if (!CODE.matcher(code).matches()) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getUrlDecoder().decode(code);
        byte[] body = Arrays.copyOf(bytes, BODY_SIZE);
        byte[] signature = Arrays.copyOfRange(bytes, BODY_SIZE, bytes.length);
        return isSigned(body, signature) && body[0] == VERSION ? Optional.of(read(body)) : Optional.empty();
    }

    private boolean isSigned(byte[] body, byte[] signature) {
        boolean signed = false;
        // every key is tried, so that the time tells nothing about which one fits
        for (Key key : keys.keys()) {
            signed |= MessageDigest.isEqual(signature(key, body), signature);
        }
        return signed;
    }

    private static DecisionLink read(byte[] body) {
        ByteBuffer buffer = ByteBuffer.wrap(body, 1, BODY_SIZE - 1);
        byte[] digest = new byte[DecisionLink.DIGEST_SIZE];
        buffer.get(digest);
        return new DecisionLink(
                DecisionLink.workflowId(digest),
                Short.toUnsignedInt(buffer.getShort()),
                Byte.toUnsignedInt(buffer.get()),
                Byte.toUnsignedInt(buffer.get()),
                Byte.toUnsignedInt(buffer.get()),
                comments(buffer.get()));
    }

    private static byte number(Comments comments) {
        return switch (comments) {
            case OFF -> 0;
            case OPTIONAL -> 1;
            case REQUIRED -> 2;
        };
    }

    private static Comments comments(byte number) {
        return switch (number) {
            case 0 -> Comments.OFF;
            case 1 -> Comments.OPTIONAL;
            case 2 -> Comments.REQUIRED;
            default -> throw new IllegalStateException("A signed code has the comment mode " + number);
        };
    }

    private static byte[] signature(Key key, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key.bytes(), ALGORITHM));
            return Arrays.copyOf(mac.doFinal(body), SIGNATURE_SIZE);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        }
    }
}
