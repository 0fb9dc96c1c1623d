package dev.flowmail.api.codec;

import com.google.crypto.tink.Aead;
import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import java.security.GeneralSecurityException;
import java.util.Map;

/**
 * Each key but the first vouches for an envelope, by a tag of its own: a replica that has not been given the newest key yet can
 * tell what the others write from what somebody made up.
 *
 * @param ciphers by the ids of their keys
 */
record Vouchers(Map<String, Aead> ciphers) {

    private static final String VOUCHER = "encryption-voucher-";
    private static final byte[] NOTHING = {};

    /** By the keys other than the one that has encrypted. Only for answers, which are asked for a voucher: elsewhere it would take room that the server limits, of summaries to 400 bytes. */
    void add(Payload.Builder envelope, String signer, Binding binding, byte[] data) throws GeneralSecurityException {
        for (Map.Entry<String, Aead> other : ciphers.entrySet()) {
            if (!other.getKey().equals(signer)) {
                byte[] voucher = other.getValue().encrypt(NOTHING, vouchedFor(signer, binding, data));
                envelope.putMetadata(VOUCHER + other.getKey(), ByteString.copyFrom(voucher));
            }
        }
    }

    /** Whether one of these keys vouches for an envelope whose own key is not here. */
    boolean areGood(Payload envelope, String id, Binding binding) {
        byte[] vouchedFor = vouchedFor(id, binding, envelope.getData().toByteArray());
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

    private static byte[] vouchedFor(String keyId, Binding binding, byte[] data) {
        return binding.authenticated("voucher 2", keyId)
                .concat(ByteString.copyFrom(data))
                .toByteArray();
    }
}
