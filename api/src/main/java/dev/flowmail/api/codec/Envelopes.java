package dev.flowmail.api.codec;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.subtle.AesGcmJce;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodecException;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Encrypts whole payloads with AES-256-GCM (NIST SP 800-38D): a random 96-bit nonce, then the ciphertext with its 128-bit
 * tag. The key's id and the {@link Binding} stand in the metadata and are authenticated. Version 1, without a binding, is
 * still read.
 *
 * <p>Each key but the first vouches for an envelope, by a tag of its own: a replica that has not been given the newest key
 * yet can tell what the others write from what somebody made up.
 */
final class Envelopes {

    static final int NONCE_BYTES = 12;

    private static final String ENCODING = "encoding";
    private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
    private static final String KEY_ID = "encryption-key-id";
    private static final String VERSION = "encryption-version";
    private static final ByteString BOUND = ByteString.copyFromUtf8("2");
    private static final String WORKFLOW_ID = "encryption-workflow-id";
    private static final String PURPOSE = "encryption-purpose";
    private static final String VOUCHER = "encryption-voucher-";
    private static final byte[] NOTHING = {};

    private final Map<String, Aead> ciphers = new LinkedHashMap<>();
    private final String first;
    private final Aead cipher;

    Envelopes(KeyRing keys) {
        this.first = keys.first().id();
        this.cipher = cipher(keys.first());
        keys.keys().forEach(key -> ciphers.put(key.id(), cipher(key)));
    }

    private static Aead cipher(Key key) {
        try {
            return new AesGcmJce(key.bytes());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static boolean isEnvelope(Payload payload) {
        return ENCRYPTED.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY));
    }

    /** Whether the binding is authenticated; version 1 knows none. */
    static boolean isBound(Payload envelope) {
        return BOUND.equals(envelope.getMetadataOrDefault(VERSION, ByteString.EMPTY));
    }

    /** To be believed once the envelope was opened. */
    static Binding binding(Payload envelope) {
        return isBound(envelope) ? new Binding(text(envelope, WORKFLOW_ID), text(envelope, PURPOSE)) : Binding.NONE;
    }

    Payload close(Payload content, Binding binding) {
        Payload.Builder envelope = Payload.newBuilder()
                .putMetadata(ENCODING, ENCRYPTED)
                .putMetadata(KEY_ID, ByteString.copyFromUtf8(first))
                .putMetadata(VERSION, BOUND);
        put(envelope, WORKFLOW_ID, binding.workflowId());
        put(envelope, PURPOSE, binding.purpose());
        try {
            byte[] data = cipher.encrypt(content.toByteArray(), associatedData(first, binding));
            envelope.setData(ByteString.copyFrom(data));
            if (!binding.purpose().isEmpty()) {
                vouch(envelope, binding, data);
            }
            return envelope.build();
        } catch (GeneralSecurityException failure) {
            throw new PayloadCodecException(failure);
        }
    }

    /** Only for answers, which are asked for a voucher: elsewhere it would take room that the server limits, of summaries to 400 bytes. */
    private void vouch(Payload.Builder envelope, Binding binding, byte[] data) throws GeneralSecurityException {
        for (Map.Entry<String, Aead> other : ciphers.entrySet()) {
            if (!other.getKey().equals(first)) {
                byte[] voucher = other.getValue().encrypt(NOTHING, vouchedFor(first, binding, data));
                envelope.putMetadata(VOUCHER + other.getKey(), ByteString.copyFrom(voucher));
            }
        }
    }

    /**
     * Returns what was encrypted.
     *
     * @throws MissingKeyException when the key is not (any more, or yet) here
     * @throws PayloadCodecException when it is not what was encrypted
     */
    Payload open(Payload envelope) {
        String id = text(envelope, KEY_ID);
        Aead its = ciphers.get(id);
        if (its == null) {
            throw new MissingKeyException(isVouchedFor(envelope, id));
        }
        try {
            byte[] associated = isBound(envelope) ? associatedData(id, binding(envelope)) : id.getBytes(UTF_8);
            return Payload.parseFrom(its.decrypt(envelope.getData().toByteArray(), associated));
        } catch (GeneralSecurityException | InvalidProtocolBufferException failure) {
            throw new PayloadCodecException("An encrypted payload was changed", failure);
        }
    }

    private boolean isVouchedFor(Payload envelope, String id) {
        byte[] vouchedFor = vouchedFor(id, binding(envelope), envelope.getData().toByteArray());
        return ciphers.entrySet().stream().anyMatch(key -> {
            try {
                byte[] voucher = envelope.getMetadataOrDefault(VOUCHER + key.getKey(), ByteString.EMPTY)
                        .toByteArray();
                key.getValue().decrypt(voucher, vouchedFor);
                return true;
            } catch (GeneralSecurityException madeUp) {
                return false;
            }
        });
    }

    private static byte[] associatedData(String keyId, Binding binding) {
        return fields("payload 2", keyId, binding.workflowId(), binding.purpose())
                .toByteArray();
    }

    private static byte[] vouchedFor(String keyId, Binding binding, byte[] data) {
        return fields("voucher 2", keyId, binding.workflowId(), binding.purpose())
                .concat(ByteString.copyFrom(data))
                .toByteArray();
    }

    /** Each with its length, so that no two lists look the same. */
    private static ByteString fields(String... fields) {
        ByteString all = ByteString.EMPTY;
        for (String field : fields) {
            ByteString bytes = ByteString.copyFromUtf8(field);
            all = all.concat(ByteString.copyFromUtf8(bytes.size() + ":")).concat(bytes);
        }
        return all;
    }

    private static void put(Payload.Builder envelope, String name, String value) {
        if (!value.isEmpty()) {
            envelope.putMetadata(name, ByteString.copyFromUtf8(value));
        }
    }

    private static String text(Payload envelope, String name) {
        return envelope.getMetadataOrDefault(name, ByteString.EMPTY).toStringUtf8();
    }
}
