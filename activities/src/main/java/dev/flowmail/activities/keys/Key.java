package dev.flowmail.activities.keys;

import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** A secret key of 32 bytes with a name that may be shown. */
public final class Key {

    /** A key's size in bytes. */
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
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("A key's id is 1 to 32 letters, digits, dots, underscores or hyphens");
        }
        if (bytes.length != SIZE) {
            throw new IllegalArgumentException("A key is " + SIZE + " bytes long, not " + bytes.length);
        }
        this.id = id;
        this.bytes = bytes.clone();
    }

    /** A random key with a random id. */
    public static Key generate() {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[4];
        byte[] bytes = new byte[SIZE];
        random.nextBytes(id);
        random.nextBytes(bytes);
        return new Key(HexFormat.of().formatHex(id), bytes);
    }

    public String id() {
        return id;
    }

    /** A copy of the 32 secret bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The id only. */
    @Override
    public String toString() {
        return "Key[" + id + "]";
    }
}
