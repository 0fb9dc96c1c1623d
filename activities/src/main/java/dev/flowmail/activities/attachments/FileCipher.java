package dev.flowmail.activities.attachments;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import com.google.crypto.tink.subtle.Hkdf;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts files as streams: in clear stand a format mark and the id of the key, the rest (name, type and content) is
 * AES-256-GCM in segments under a key that HKDF derives for each file from a random salt. Each file is bound to its id.
 */
final class FileCipher {

    private static final int FORMAT = 0x464D4601; // "FMF", version 1
    private static final String HASH = "HmacSha256";
    private static final int KEY_LENGTH = 32;
    private static final int SEGMENT = 64 * 1024;
    private static final int TAG_LENGTH = 16;

    private final KeyRing keys;

    FileCipher(KeyRing keys) {
        this.keys = keys;
    }

    /** What is encrypted in front of a file's content. */
    record Description(String name, String mimeType, Instant createdAt) {}

    /**
     * An opened file.
     *
     * @param size of the content, in bytes
     * @param content fails with an {@link IOException} where the file was changed or cut
     */
    record Content(Description description, long size, InputStream content) {}

    /**
     * Writes everything that stands before the content. The content goes to the returned stream, whose close completes
     * and closes the file.
     */
    OutputStream encrypt(OutputStream file, String id, Description description) throws IOException {
        Key key = keys.first();
        DataOutputStream header = new DataOutputStream(file);
        header.writeInt(FORMAT);
        writeBlock(header, key.id().getBytes(UTF_8));
        DataOutputStream encrypted = new DataOutputStream(encrypting(file, key, id));
        writeBlock(encrypted, encode(description));
        return encrypted;
    }

    /**
     * Opens a file.
     *
     * @param length the file's length as it is stored
     */
    Content decrypt(InputStream file, long length, String id) throws IOException {
        DataInputStream header = new DataInputStream(file);
        if (header.readInt() != FORMAT) {
            throw new IOException("The stored file is not in a format that this version knows");
        }
        byte[] keyId = readBlock(header);
        AesGcmHkdfStreaming cipher = cipher(key(new String(keyId, UTF_8)));
        DataInputStream content = new DataInputStream(decrypting(cipher, file, id));
        byte[] description = readBlock(content);
        long encrypted = length - Integer.BYTES - Short.BYTES - keyId.length;
        long size = decryptedSize(cipher, encrypted) - Short.BYTES - description.length;
        return new Content(decode(description), size, content);
    }

    /** A name for a content that tells nothing of it: the same for the same parts as long as the first key stays. */
    String fingerprint(String... parts) {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(new SecretKeySpec(derive(keys.first(), "flowmail attachment names"), HASH));
            for (String part : parts) {
                byte[] bytes = part.getBytes(UTF_8);
                mac.update(Integer.toString(bytes.length).getBytes(US_ASCII));
                mac.update((byte) ':');
                mac.update(bytes);
            }
            return HexFormat.of().formatHex(mac.doFinal(), 0, 16);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private Key key(String id) throws IOException {
        return keys.byId(id)
                .orElseThrow(() -> new IOException("The stored file was encrypted with the key " + id
                        + ", which is not among FLOWMAIL_KEYS_PAYLOADS any more; add it again"));
    }

    private static long decryptedSize(AesGcmHkdfStreaming cipher, long encrypted) {
        long segments = (encrypted + SEGMENT - 1) / SEGMENT;
        return encrypted - cipher.getHeaderLength() - segments * TAG_LENGTH;
    }

    private static byte[] encode(Description description) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(bytes);
        fields.writeUTF(description.name());
        fields.writeUTF(description.mimeType());
        fields.writeLong(description.createdAt().toEpochMilli());
        return bytes.toByteArray();
    }

    private static Description decode(byte[] bytes) throws IOException {
        DataInputStream fields = new DataInputStream(new ByteArrayInputStream(bytes));
        return new Description(fields.readUTF(), fields.readUTF(), Instant.ofEpochMilli(fields.readLong()));
    }

    private static void writeBlock(DataOutputStream stream, byte[] bytes) throws IOException {
        stream.writeShort(bytes.length);
        stream.write(bytes);
    }

    private static byte[] readBlock(DataInputStream stream) throws IOException {
        byte[] bytes = new byte[stream.readUnsignedShort()];
        stream.readFully(bytes);
        return bytes;
    }

    private static OutputStream encrypting(OutputStream file, Key key, String id) throws IOException {
        try {
            return cipher(key).newEncryptingStream(file, id.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static InputStream decrypting(AesGcmHkdfStreaming cipher, InputStream file, String id) throws IOException {
        try {
            return cipher.newDecryptingStream(file, id.getBytes(US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IOException("The stored file cannot be decrypted", e);
        }
    }

    private static AesGcmHkdfStreaming cipher(Key key) {
        try {
            return new AesGcmHkdfStreaming(derive(key, "flowmail attachments"), HASH, KEY_LENGTH, SEGMENT, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    // The same keys encrypt payloads elsewhere: a key serves one purpose only.
    private static byte[] derive(Key key, String purpose) throws GeneralSecurityException {
        return Hkdf.computeHkdf(HASH, key.bytes(), new byte[0], purpose.getBytes(US_ASCII), KEY_LENGTH);
    }
}
