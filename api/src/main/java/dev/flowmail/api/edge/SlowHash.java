package dev.flowmail.api.edge;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret as its PBKDF2 hash. The right one is known at once, by a digest whose key never leaves this object. One guess at a time is worked on, so that guessing costs no more than one core. Safe for several threads.
 */
final class SlowHash {

    private static final String FUNCTION = "PBKDF2WithHmacSHA256";

    /** Some milliseconds: more would only slow a guesser below what gets noticed, and let strangers use up our CPU. */
    private static final int ITERATIONS = 10_000;

    private static final int BITS = 256;
    private static final int SALT_BYTES = 16;

    /** Those who wait for their turn hold a thread each. */
    private static final int MOST_WAITING = 20;

    private static final long PATIENCE_SECONDS = 2;

    private final byte[] salt = random(SALT_BYTES);
    private final byte[] key = random(BITS / Byte.SIZE);
    private final byte[] expected;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);
    private final Semaphore turn = new Semaphore(1);
    private final byte[] known;

    private SlowHash(byte[] secret) {
        this.expected = hash(secret);
        // from the start: guesses, or many first calls at the same time, would have the right one refused
        this.known = digest(secret);
    }

    static SlowHash of(String secret) {
        return new SlowHash(secret.getBytes(StandardCharsets.UTF_8));
    }

    /** Whether the secret is this one: quick. */
    boolean isKnown(byte[] secret) {
        return MessageDigest.isEqual(known, digest(secret));
    }

    /** Whether the secret is this one: quick when it is; every other takes its turn, slowly, or is refused when too many do. */
    boolean isOf(byte[] secret) {
        if (isKnown(secret)) {
            return true;
        }
        if (!waiting.tryAcquire()) {
            return false;
        }
        try {
            return turn.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS) && isRight(secret);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            waiting.release();
        }
    }

    /** In its turn, which ends with this. */
    private boolean isRight(byte[] secret) {
        try {
            return MessageDigest.isEqual(expected, hash(secret));
        } finally {
            turn.release();
        }
    }

    private byte[] hash(byte[] secret) {
        // as text that any bytes have, since the function takes characters
        PBEKeySpec input =
                new PBEKeySpec(Base64.getEncoder().encodeToString(secret).toCharArray(), salt, ITERATIONS, BITS);
        try {
            return SecretKeyFactory.getInstance(FUNCTION).generateSecret(input).getEncoded();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        } finally {
            input.clearPassword();
        }
    }

    private byte[] digest(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(secret);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static byte[] random(int count) {
        byte[] bytes = new byte[count];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
