package dev.flowmail.activities.keys;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A secret key with a name that may be shown. */
public final class Key {

    /** Size in bytes of a key of the form {@link KeyForm#SECRET}. */
    public static final int SIZE = 32;

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,32}");

    private final String id;
    private final byte[] bytes;

    /**
     * @param id 1 to 32 letters, digits, dots, underscores or hyphens; public
     * @param bytes 32 bytes, copied
     * @throws IllegalArgumentException saying what is wrong, without any of the key
     */
    public Key(String id, byte[] bytes) {
        this(id, bytes, KeyForm.SECRET);
    }

    /**
     * @param id 1 to 32 letters, digits, dots, underscores or hyphens; public
     * @param bytes of that form, copied
     * @throws IllegalArgumentException saying what is wrong, without any of the key
     */
    public Key(String id, byte[] bytes, KeyForm form) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A key's id is 1 to 32 letters, digits, dots, underscores or hyphens");
        }
        form.check(bytes);
        this.id = id;
        this.bytes = bytes.clone();
    }

    /** A random key of the form {@link KeyForm#SECRET} with a random id. */
    public static Key generate() {
        return generate(KeyForm.SECRET);
    }

    /** A random key with a random id. */
    public static Key generate(KeyForm form) {
        byte[] id = new byte[4];
        new SecureRandom().nextBytes(id);
        return new Key(HexFormat.of().formatHex(id), form.generate(), form);
    }

    public String id() {
        return id;
    }

    /** A copy of the secret bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The id only. */
    @Override
    public String toString() {
        return "Key[" + id + "]";
    }
}
