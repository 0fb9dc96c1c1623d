package dev.flowmail.api.settings;

import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.receipts.SigningKeys;
import org.jspecify.annotations.Nullable;

/**
 * Keys, each {@code id:base64}, comma-separated.
 *
 * @param links keys of the links that are mailed, each id:base64 of 32 bytes, comma-separated; the first signs, all verify.
 *     Generated in the data directory when not set
 * @param payloads keys of what Temporal and the attachment store keep, each id:base64 of 32 bytes, comma-separated; the
 *     first encrypts, all decrypt. Generated in the data directory when not set
 * @param receipts private EC keys (P-256) that sign receipts, each id:base64 of PKCS#8, comma-separated; the first signs,
 *     the public halves of all are published. Generated in the data directory when not set; with a Temporal of one's own
 *     there are no receipts then
 */
public record KeyProperties(
        @Nullable KeyRing links,
        @Nullable KeyRing payloads,
        @Nullable SigningKeys receipts) {

    /** Says nothing: keys stay out of logs. */
    @Override
    public String toString() {
        return "Keys[...]";
    }
}
