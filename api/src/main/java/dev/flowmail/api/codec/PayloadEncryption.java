package dev.flowmail.api.codec;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts payloads with AES-256-GCM (NIST SP 800-38D): a random 96-bit nonce, then the cipher text of the whole payload
 * with its 128-bit tag. The key's id stands in the metadata and is authenticated. Payloads that are not encrypted are
 * decoded to themselves: an operator's plain JSON is welcome.
 */
final class PayloadEncryption implements PayloadCodec {

    private static final String ENCODING = "encoding";
    private static final String KEY_ID = "encryption-key-id";
    private static final ByteString ENCRYPTED = ByteString.copyFromUtf8("binary/encrypted");
    private static final ByteString NOTHING = ByteString.copyFromUtf8("binary/null");
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final KeyRing keys;
    private final SecureRandom random = new SecureRandom();

    PayloadEncryption(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::encrypt).toList();
    }

    /** @throws PayloadCodecException when a payload's key is not (any more) here, or it is not what was encrypted */
    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::decrypt).toList();
    }

    private Payload encrypt(Payload payload) {
        if (NOTHING.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY))) {
            // Nothing to hide; and a CLI without the codec can show that an update gave no result.
            return payload;
        }
        Key key = keys.first();
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            ByteString secret =
                    ByteString.copyFrom(cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(payload.toByteArray()));
            return Payload.newBuilder()
                    .putMetadata(ENCODING, ENCRYPTED)
                    .putMetadata(KEY_ID, ByteString.copyFromUtf8(key.id()))
                    .setData(ByteString.copyFrom(nonce).concat(secret))
                    .build();
        } catch (GeneralSecurityException failure) {
            throw new PayloadCodecException(failure);
        }
    }

    private Payload decrypt(Payload payload) {
        if (!ENCRYPTED.equals(payload.getMetadataOrDefault(ENCODING, ByteString.EMPTY))) {
            return payload;
        }
        String id = payload.getMetadataOrDefault(KEY_ID, ByteString.EMPTY).toStringUtf8();
        Key key = keys.byId(id)
                .orElseThrow(() -> new PayloadCodecException(
                        "A payload is encrypted with a key that FLOWMAIL_KEYS_PAYLOADS does not hold"));
        byte[] data = payload.getData().toByteArray();
        if (data.length < NONCE_BYTES) {
            throw new PayloadCodecException("An encrypted payload is cut off");
        }
        byte[] nonce = Arrays.copyOf(data, NONCE_BYTES);
        try {
            return Payload.parseFrom(
                    cipher(Cipher.DECRYPT_MODE, key, nonce).doFinal(data, NONCE_BYTES, data.length - NONCE_BYTES));
        } catch (GeneralSecurityException | InvalidProtocolBufferException failure) {
            throw new PayloadCodecException("An encrypted payload was changed", failure);
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key.bytes(), "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(key.id().getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
