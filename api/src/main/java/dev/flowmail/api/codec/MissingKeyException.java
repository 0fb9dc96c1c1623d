package dev.flowmail.api.codec;

import io.temporal.payload.codec.PayloadCodecException;

/** A payload's key is not among ours. */
final class MissingKeyException extends PayloadCodecException {
    private static final long serialVersionUID = 1L;

    private final boolean genuine;

    /** @param genuine whether a key that is here vouches for it: another replica has the key already */
    MissingKeyException(boolean genuine) {
        super("A payload is encrypted with a key that FLOWMAIL_KEYS_PAYLOADS does not hold");
        this.genuine = genuine;
    }

    boolean isGenuine() {
        return genuine;
    }
}
