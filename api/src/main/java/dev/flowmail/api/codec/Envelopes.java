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

    private final Map<String, Aead> ciphers = new LinkedHashMap<>();
    private final String first;
    private final Aead cipher;
    private final Vouchers vouchers;

    Envelopes(KeyRing keys) {
        this.first = keys.first().id();
        this.cipher = cipher(keys.first());
        keys.keys().forEach(key -> ciphers.put(key.id(), cipher(key)));
        this.vouchers = new Vouchers(ciphers);
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
                vouchers.add(envelope, first, binding, data);
            }
            return envelope.build();
        } catch (GeneralSecurityException failure) {
            throw new PayloadCodecException(failure);
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
            throw new MissingKeyException(vouchers.areGood(envelope, id, binding(envelope)));
        }
        try {
            byte[] associated = isBound(envelope) ? associatedData(id, binding(envelope)) : id.getBytes(UTF_8);
            return Payload.parseFrom(its.decrypt(envelope.getData().toByteArray(), associated));
        } catch (GeneralSecurityException | InvalidProtocolBufferException failure) {
            throw new PayloadCodecException("An encrypted payload was changed", failure);
        }
    }

    private static byte[] associatedData(String keyId, Binding binding) {
        return binding.authenticated("payload 2", keyId).toByteArray();
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
