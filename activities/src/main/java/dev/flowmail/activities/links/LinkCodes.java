package dev.flowmail.activities.links;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.mail.Question.Comments;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Mints and verifies the codes in decision links: 68 characters of base64url (RFC 4648, section 5), the last a letter or
 * digit, since mail readers take a mark at a link's end for punctuation and leave it out.
 *
 * <p>A code is 51 bytes: version 1, the workflow id's digest (20), recipient (2), generation, outcome, outcomes, comments
 * and whether a code may be asked for (1 each), and the first 24 bytes of the HMAC-SHA-256 (RFC 2104) over those before it. One in 32 would end in a mark: it
 * becomes version 2, which has one byte more before 23 bytes of the HMAC, the lowest with which it does not. The first
 * release minted version 1 for all. Version 3, of the same form as 2, is the link for scanners, which decides nothing. 51 is a multiple of three, so each code has exactly one spelling. It names no key: that a
 * key is gone looks like a forgery. Safe for several threads.
 */
public final class LinkCodes {

    private static final byte PLAIN = 1;
    private static final byte SALTED = 2;
    private static final byte CHECK = 3;

    private static final int SIZE = 51;
    private static final Pattern CODE = Pattern.compile("[A-Za-z0-9_-]{68}");

    private final KeyRing keys;

    public LinkCodes(KeyRing keys) {
        this.keys = keys;
    }

    /** A code for a link, signed with the first key. The same link and key give the same code. */
    public String mint(DecisionLink link) {
        String plain = signed(LinkForm.body(PLAIN, LinkForm.SIZE, link).array());
        return endsInMark(plain) ? salted(SALTED, link) : plain;
    }

    /** The code of the link for scanners in the mail that holds this link: it names the recipient, and can decide nothing. */
    public String mintCheck(DecisionLink link) {
        return salted(CHECK, first(link));
    }

    private static DecisionLink first(DecisionLink link) {
        return new DecisionLink(
                link.workflowId(), link.recipient(), link.generation(), 0, link.outcomes(), Comments.OFF);
    }

    private String salted(byte version, DecisionLink link) {
        for (int salt = 0; salt <= 255; salt++) {
            String code = signed(LinkForm.body(version, LinkForm.SIZE + 1, link)
                    .put((byte) salt)
                    .array());
            if (!endsInMark(code)) {
                return code;
            }
        }
        throw new IllegalStateException("256 signatures in a row end in the same six bits or so");
    }

    private String signed(byte[] body) {
        byte[] code = ByteBuffer.allocate(SIZE)
                .put(body)
                .put(signature(keys.first(), body))
                .array();
        return Base64.getUrlEncoder().encodeToString(code);
    }

    private static boolean endsInMark(String code) {
        return code.endsWith("-") || code.endsWith("_");
    }

    /** As {@link #verify}, of a link as it was opened: with marks behind its code, or with escapes in it. */
    public Optional<DecisionLink> open(String opened) {
        return verify(OpenedCode.withoutAdditions(opened));
    }

    /** As {@link #open}, of the link for scanners: one of its recipient's links, no matter which. */
    public Optional<DecisionLink> openCheck(String opened) {
        return read(OpenedCode.withoutAdditions(opened))
                .filter(read -> read.version() == CHECK)
                .map(Read::link);
    }

    /** What a code says; empty for anything that was not signed by one of the keys, whatever is wrong with it. */
    public Optional<DecisionLink> verify(String code) {
        return read(code).filter(read -> read.version() != CHECK).map(Read::link);
    }

    private record Read(byte version, DecisionLink link) {}

    private Optional<Read> read(String code) {
        if (!CODE.matcher(code).matches()) {
            return Optional.empty();
        }
        byte[] bytes = Base64.getUrlDecoder().decode(code);
        int size = bytes[0] == PLAIN ? LinkForm.SIZE : LinkForm.SIZE + 1;
        byte[] body = Arrays.copyOf(bytes, size);
        byte[] signature = Arrays.copyOfRange(bytes, size, bytes.length);
        boolean known = body[0] >= PLAIN && body[0] <= CHECK;
        return isSigned(body, signature) && known
                ? Optional.of(new Read(body[0], LinkForm.link(body)))
                : Optional.empty();
    }

    private boolean isSigned(byte[] body, byte[] signature) {
        boolean signed = false;
        // every key is tried, so that the time tells nothing about which one fits
        for (Key key : keys.keys()) {
            signed |= MessageDigest.isEqual(signature(key, body), signature);
        }
        return signed;
    }

    private static byte[] signature(Key key, byte[] body) {
        return Arrays.copyOf(Hmac.of(key, body), SIZE - body.length);
    }
}
