package dev.flowmail.api.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.Jackson3JsonPayloadConverter;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.context.SerializationContext;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How records become payloads: JSON with ISO-8601 times, then encryption. Jackson 3, because it is what the rest of the
 * program has; histories outlive programs, so what is written here must stay readable.
 */
public final class PayloadJson {

    private PayloadJson() {}

    /**
     * Encrypts with the first key and reads with all. Failure messages and stack traces are encrypted too, except the fixed
     * sentence by which an operator's update is refused: Temporal's UI decodes none of those.
     */
    public static DataConverter encrypted(KeyRing keys) {
        return new Encrypting(plain(), keys);
    }

    private static final class Encrypting extends CodecDataConverter {
        private final DataConverter plain;

        Encrypting(DataConverter plain, KeyRing keys) {
            super(plain, List.of(new PayloadEncryption(keys)), true);
            this.plain = plain;
        }

        @Override
        public Failure exceptionToFailure(Throwable throwable) {
            return throwable instanceof ApplicationFailure failure
                            && failure.getType().equals(DecisionWorkflow.REFUSED)
                    ? plain.exceptionToFailure(throwable)
                    : super.exceptionToFailure(throwable);
        }

        /** Neither JSON nor encryption depends on it; the SDK's own would encrypt every failure. */
        @Override
        public CodecDataConverter withContext(SerializationContext context) {
            return this;
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
