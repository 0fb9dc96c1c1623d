package dev.flowmail.api.codec;

import com.google.protobuf.ByteString;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;

/**
 * Encrypts every payload for the request that it belongs to, and reads those of no other. Payloads that are not encrypted
 * are decoded to themselves: an operator's plain JSON is welcome.
 */
final class PayloadEncryption implements PayloadCodec {

    private static final ByteString NOTHING = ByteString.copyFromUtf8("binary/null");

    private final Envelopes envelopes;
    private final String workflowId;

    /** @param workflowId empty where there is none: then payloads of every request are read */
    PayloadEncryption(Envelopes envelopes, String workflowId) {
        this.envelopes = envelopes;
        this.workflowId = workflowId;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return payloads.stream().map(this::encrypt).toList();
    }

    /** @throws PayloadCodecException when a payload cannot be opened, or belongs to another request */
    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return payloads.stream().map(this::decrypt).toList();
    }

    private Payload encrypt(Payload payload) {
        // Nothing to hide; and a CLI without the codec can show that an update gave no result.
        return NOTHING.equals(payload.getMetadataOrDefault("encoding", ByteString.EMPTY))
                ? payload
                : envelopes.close(payload, new Binding(workflowId, ""));
    }

    private Payload decrypt(Payload payload) {
        if (!Envelopes.isEnvelope(payload)) {
            return payload;
        }
        Payload content = envelopes.open(payload);
        String owner = Envelopes.binding(payload).workflowId();
        if (!owner.isEmpty() && !workflowId.isEmpty() && !owner.equals(workflowId)) {
            throw new PayloadCodecException("An encrypted payload belongs to another request");
        }
        return content;
    }
}
