package dev.flowmail.api.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.approvals.ApprovalResult;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.nexusrpc.handler.HandlerException;
import io.nexusrpc.handler.HandlerException.ErrorType;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.Jackson3JsonPayloadConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.HasWorkflowSerializationContext;
import io.temporal.payload.context.SerializationContext;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.lang.reflect.Type;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How records become payloads: JSON with ISO-8601 times, then encryption. Jackson 3, because it is what the rest of the
 * program has; histories outlive programs, so what is written here must stay readable.
 */
public final class PayloadJson {

    /** What a run returns that ends without a result: null would be written down, encrypted. */
    public static final Object NO_RESULT = new Object();

    private PayloadJson() {}

    /**
     * Encrypts with the first key and reads with all, each payload for the request that it belongs to. Failure messages and stack traces are encrypted too, except the fixed
     * sentence by which an operator's update is refused: Temporal's UI decodes none of those.
     */
    public static DataConverter encrypted(KeyRing keys) {
        return new Encrypting(plain(), new Envelopes(keys), "", false);
    }

    private static final class Encrypting extends CodecDataConverter {
        private static final String UNREADABLE_REQUEST =
                "The request cannot be read: give one JSON object, in which to, outcomes, hiddenOutcomes and proof are"
                        + " lists and all other fields texts.";

        private final DataConverter plain;
        private final Envelopes envelopes;
        private final AnswerEnvelopes answers;

        /** Whether the workflow itself reads and writes with it, not one of its activities. */
        private final boolean isWorkflows;

        Encrypting(DataConverter plain, Envelopes envelopes, String workflowId, boolean isWorkflows) {
            super(plain, List.of(new PayloadEncryption(envelopes, workflowId)), true);
            this.plain = plain;
            this.envelopes = envelopes;
            this.isWorkflows = isWorkflows;
            this.answers = new AnswerEnvelopes(plain, envelopes, workflowId);
        }

        @Override
        public Optional<Payloads> toPayloads(@Nullable Object @Nullable ... values) {
            // null where there are no arguments
            if (values == null || values.length != 1) {
                return super.toPayloads(values);
            }
            Object value = values[0];
            if (value instanceof Decide answer) {
                return Optional.of(answers.close(answer));
            }
            if (value == NO_RESULT) {
                return Optional.empty();
            }
            return value instanceof ApprovalResult ? plain.toPayloads(values) : super.toPayloads(values);
        }

        @Override
        public <T> Optional<Payload> toPayload(T value) {
            return value instanceof ApprovalResult ? plain.toPayload(value) : super.toPayload(value);
        }

        @Override
        public @Nullable Object[] fromPayloads(Optional<Payloads> content, Class<?>[] types, Type[] genericTypes) {
            return types.length == 1 && types[0] == Decide.class
                    ? new @Nullable Object[] {answers.open(content)}
                    : super.fromPayloads(content, types, genericTypes);
        }

        @Override
        public Failure exceptionToFailure(Throwable throwable) {
            return inClear(throwable)
                    .map(plain::exceptionToFailure)
                    .orElseGet(() -> super.exceptionToFailure(throwable));
        }

        private static boolean isRefusal(@Nullable Throwable failure) {
            return failure instanceof ApplicationFailure refusal
                    && refusal.getType().equals(DecisionWorkflow.REFUSED);
        }

        /**
         * What an operator has to read whose update is refused, or cannot be read: fixed sentences. And what a workflow is told
         * that asks for what is wrong: the sentence that Flow would get.
         */
        private Optional<Throwable> inClear(Throwable throwable) {
            if (isRefusal(throwable) || (throwable instanceof HandlerException && isRefusal(throwable.getCause()))) {
                return Optional.of(throwable);
            }
            if (throwable instanceof HandlerException && throwable.getCause() instanceof DataConverterException) {
                return Optional.of(new HandlerException(ErrorType.BAD_REQUEST, refused(UNREADABLE_REQUEST)));
            }
            if (!isWorkflows) {
                return Optional.empty();
            }
            // the cause may repeat what was written
            return throwable instanceof DataConverterException
                    ? Optional.of(
                            refused("The input cannot be read: give one JSON object, such as {\"reason\": \"...\"}."))
                    : Optional.of(throwable)
                            .filter(PayloadCodecException.class::isInstance)
                            .map(unreadable -> refused(unreadable.getMessage() + "."));
        }

        private static ApplicationFailure refused(String sentence) {
            return ApplicationFailure.newNonRetryableFailure(sentence, DecisionWorkflow.REFUSED);
        }

        @Override
        public CodecDataConverter withContext(SerializationContext context) {
            @Nullable
            String workflowId =
                    context instanceof HasWorkflowSerializationContext workflow ? workflow.getWorkflowId() : null;
            return new Encrypting(
                    plain,
                    envelopes,
                    workflowId == null ? "" : workflowId,
                    context instanceof WorkflowSerializationContext);
        }
    }

    static DefaultDataConverter plain() {
        return DefaultDataConverter.newDefaultInstance()
                .withPayloadConverterOverrides(new Jackson3JsonPayloadConverter(mapper()));
    }

    private static JsonMapper mapper() {
        return Jackson3JsonPayloadConverter.newDefaultJsonMapper(false)
                .rebuild()
                // a newer version's field is ignored, an older version's absent field is null, zero or false
                .disable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                // a record is its components: isOpen() and the like are no data
                .changeDefaultVisibility(visibility -> visibility
                        .withVisibility(PropertyAccessor.GETTER, Visibility.NONE)
                        .withVisibility(PropertyAccessor.IS_GETTER, Visibility.NONE))
                .build();
    }
}
