package dev.flowmail.api.codec;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import dev.flowmail.activities.keys.KeyRing;
import io.temporal.common.converter.CodecDataConverter;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DefaultDataConverter;
import io.temporal.common.converter.Jackson3JsonPayloadConverter;
import java.util.List;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * How records become payloads: JSON with ISO-8601 times, then encryption. Jackson 3, because it is what the rest of the
 * program has; histories outlive programs, so what is written here must stay readable.
 */
public final class PayloadJson {

    private PayloadJson() {}

    /** Encrypts with the first key and reads with all; failure messages and stack traces are encrypted too. */
    public static DataConverter encrypted(KeyRing keys) {
        return new CodecDataConverter(plain(), List.of(new PayloadEncryption(keys)), true);
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
