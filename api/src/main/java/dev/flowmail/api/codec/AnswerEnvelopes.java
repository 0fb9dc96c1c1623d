package dev.flowmail.api.codec;

import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.Seal;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Answers to one request, encrypted as such. What comes as one and is none is null: a failure would block the run, or be
 * logged with what somebody wrote.
 */
final class AnswerEnvelopes {

    private static final Set<String> OF_EACH_ANSWER = Set.of("recipient", "generation", "outcome");
    private static final JsonMapper JSON = new JsonMapper();

    private final DataConverter plain;
    private final Envelopes envelopes;
    private final Binding binding;

    AnswerEnvelopes(DataConverter plain, Envelopes envelopes, String workflowId) {
        this.plain = plain;
        this.envelopes = envelopes;
        this.binding = Binding.answer(workflowId);
    }

    Payloads close(Decide answer) {
        Payload content = plain.toPayload(answer).orElseThrow();
        return Payloads.newBuilder()
                .addPayloads(envelopes.close(content, binding))
                .build();
    }

    /**
     * The answer with the seal that was found on it, null on what came in clear.
     *
     * @throws MissingKeyException when Flowmail wrote it with a key that is not here yet: another replica can read it
     */
    @Nullable
    Decide open(Optional<Payloads> signal) {
        if (signal.isEmpty() || signal.get().getPayloadsCount() != 1) {
            return null;
        }
        Payload payload = signal.get().getPayloads(0);
        try {
            return Envelopes.isEnvelope(payload) ? opened(payload) : unsealed(payload);
        } catch (MissingKeyException missing) {
            if (missing.isGenuine()) {
                throw missing;
            }
            return null;
        } catch (PayloadCodecException | DataConverterException unreadable) {
            return null;
        }
    }

    private @Nullable Decide unsealed(Payload content) {
        @Nullable Decide answer = plain.fromPayload(content, Decide.class, Decide.class);
        return answer == null ? null : answer.in(null);
    }

    private @Nullable Decide opened(Payload envelope) {
        Payload content = envelopes.open(envelope);
        boolean isBound = Envelopes.isBound(envelope);
        if (isBound ? !Envelopes.binding(envelope).equals(binding) : !looksLikeAnAnswer(content)) {
            return null;
        }
        @Nullable Decide answer = unsealed(content);
        return answer == null ? null : answer.in(new Seal(isBound, id(envelope)));
    }

    /** Version 1 does not say what an envelope is for: other records must not pass, which absent fields would let them. */
    private static boolean looksLikeAnAnswer(Payload content) {
        try {
            return JSON.readTree(content.getData().toByteArray())
                    .propertyNames()
                    .containsAll(OF_EACH_ANSWER);
        } catch (JacksonException noJson) {
            return false;
        }
    }

    private static String id(Payload envelope) {
        return HexFormat.of().formatHex(envelope.getData().toByteArray(), 0, Envelopes.NONCE_BYTES);
    }
}
