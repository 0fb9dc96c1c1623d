package dev.flowmail.api.codec;

import com.google.protobuf.Message;
import dev.flowmail.activities.keys.KeyRing;
import io.temporal.api.common.v1.Payload;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/** The texts that payloads hold, of every request, wherever they stand in what Temporal answers. */
public final class PayloadTexts {

    private static final JsonMapper JSON = new JsonMapper();

    private final PayloadCodec codec;

    public PayloadTexts(KeyRing keys) {
        this.codec = new PayloadEncryption(new Envelopes(keys), "");
    }

    /**
     * Whether a payload in a message holds such a text: a JSON string or a property's name.
     *
     * @throws PayloadCodecException when one cannot be opened, and none before it holds such a text
     */
    public boolean anyMatch(Message message, Predicate<String> wanted) {
        if (message instanceof Payload payload) {
            return holds(codec.decode(List.of(payload)).get(0), wanted);
        }
        return message.getAllFields().values().stream().anyMatch(field -> isIn(field, wanted));
    }

    /** Maps are lists of messages here. */
    private boolean isIn(Object field, Predicate<String> wanted) {
        return field instanceof List<?> many
                ? many.stream().anyMatch(one -> isIn(one, wanted))
                : field instanceof Message message && anyMatch(message, wanted);
    }

    private static boolean holds(Payload content, Predicate<String> wanted) {
        try (JsonParser parser = JSON.createParser(content.getData().toByteArray())) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                boolean isText = token == JsonToken.VALUE_STRING || token == JsonToken.PROPERTY_NAME;
                if (isText && wanted.test(parser.getString())) {
                    return true;
                }
            }
            return false;
        } catch (JacksonException noJson) {
            // an operator's own payload, of another encoding
            return wanted.test(content.getData().toStringUtf8());
        }
    }
}
