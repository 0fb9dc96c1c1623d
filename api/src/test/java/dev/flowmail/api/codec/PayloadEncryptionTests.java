package dev.flowmail.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.decision.Seal;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadEncryptionTests {

    private static final Key OLD = key("old", 1);
    private static final Key NEW = key("new", 2);
    private static final Payload PLAIN = Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("\"carol@example.com\""))
            .build();

    /** "carol@example.com" and an answer under the key old, as the first version wrote them. */
    private static final String VERSION_1 =
            "ChwKCGVuY29kaW5nEhBiaW5hcnkvZW5jcnlwdGVkChgKEWVuY3J5cHRpb24ta2V5LWlkEgNvbGQSSUTNp/hC+MdvCvLlO7qxt1u/lRop"
                    + "pgl4K0ftaaUVsgCN2jOF+H2R16mKOeOPu4o+PHFecuBcQ9YJJ5CtUYGqlsZMTkgyn3+mVw8=";

    private static final String VERSION_1_ANSWER =
            "ChwKCGVuY29kaW5nEhBiaW5hcnkvZW5jcnlwdGVkChgKEWVuY3J5cHRpb24ta2V5LWlkEgNvbGQSf12ZYWhbCOuFLSuZgUw5vEzd8K+C"
                    + "h4ZEKin/l+MCZ33VK+3YxYvOg077dXC6pN8Qj7uKZXwIFvu/W34DG2DbyeRmsEYcN1o4bcreJu0D0gNXRFTshfBVOW/udo+U/5"
                    + "Fry6aQ6Zh+MeACqpnJ1lxr8JIH7dPB3OuDJcSx1UEwqAg=";

    private final PayloadEncryption encryption = encryption("", OLD);

    @Test
    void whatWasEncryptedIsDecrypted() {
        assertThat(encryption.decode(encryption.encode(List.of(PLAIN)))).containsExactly(PLAIN);
    }

    @Test
    void nothingIsReadableWithoutTheKey() {
        Payload secret = encrypted();

        assertThat(new String(secret.toByteArray(), StandardCharsets.ISO_8859_1))
                .doesNotContain("carol");
        assertThat(secret.getMetadataOrThrow("encoding").toStringUtf8()).isEqualTo("binary/encrypted");
        assertThat(secret.getMetadataOrThrow("encryption-key-id").toStringUtf8())
                .isEqualTo("old");
    }

    @Test
    void theSamePayloadNeverLooksTheSame() {
        assertThat(encrypted().getData()).isNotEqualTo(encrypted().getData());
    }

    @Test
    void aRotatedKeyStillDecryptsAndTheFirstEncrypts() {
        PayloadEncryption rotated = encryption("", NEW, OLD);

        assertThat(rotated.decode(List.of(encrypted()))).containsExactly(PLAIN);
        assertThat(rotated.encode(List.of(PLAIN)).get(0).getMetadataOrThrow("encryption-key-id"))
                .isEqualTo(ByteString.copyFromUtf8("new"));
    }

    @Test
    void aKeyThatIsGoneIsSaidPlainly() {
        PayloadEncryption other = encryption("", NEW);

        assertThatThrownBy(() -> other.decode(List.of(encrypted())))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessageContaining("FLOWMAIL_KEYS_PAYLOADS");
    }

    @Test
    void aChangedByteIsNoticed() {
        Payload secret = encrypted();
        for (int index = 0; index < secret.getData().size(); index++) {
            byte[] bytes = secret.getData().toByteArray();
            bytes[index] ^= 1;
            Payload changed =
                    secret.toBuilder().setData(ByteString.copyFrom(bytes)).build();

            assertThatThrownBy(() -> encryption.decode(List.of(changed))).isInstanceOf(PayloadCodecException.class);
        }
    }

    @Test
    void aCutOffPayloadIsNoticed() {
        Payload cut = encrypted().toBuilder()
                .setData(encrypted().getData().substring(0, 5))
                .build();

        assertThatThrownBy(() -> encryption.decode(List.of(cut))).isInstanceOf(PayloadCodecException.class);
    }

    @Test
    void whatEarlierVersionsWroteIsRead() {
        assertThat(encryption.decode(List.of(payload(VERSION_1))).get(0).getData())
                .isEqualTo(PLAIN.getData());
        assertThat(answer(payload(VERSION_1_ANSWER), "decision-1"))
                .isEqualTo(new Decide(0, 0, 1, "fine", null).in(new Seal(false, "5d9961685b08eb852d2b9981")));
        assertThat(answer(payload(VERSION_1), "decision-1")).isNull();
    }

    @Test
    void aPayloadOfAnotherRequestIsNotRead() {
        Payload others = encryption("decision-1", OLD).encode(List.of(PLAIN)).get(0);

        assertThat(encryption("decision-1", OLD).decode(List.of(others))).containsExactly(PLAIN);
        assertThat(encryption.decode(List.of(others)))
                .as("by Temporal's UI, for every request")
                .containsExactly(PLAIN);
        assertThatThrownBy(() -> encryption("decision-2", OLD).decode(List.of(others)))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessageContaining("another request");
    }

    @Test
    void whatAPayloadIsForCannotBeRewritten() {
        Payload bound = encryption("decision-1", OLD).encode(List.of(PLAIN)).get(0);

        for (Payload rewritten : List.of(
                with(bound, "encryption-workflow-id", "decision-2"),
                with(bound, "encryption-purpose", "decide"),
                with(bound, "encryption-version", "1"),
                bound.toBuilder().removeMetadata("encryption-version").build(),
                bound.toBuilder().removeMetadata("encryption-workflow-id").build())) {
            assertThatThrownBy(() -> encryption.decode(List.of(rewritten))).isInstanceOf(PayloadCodecException.class);
        }
    }

    @Test
    void anAnswerIsOneForItsRequestOnly() {
        Decide decide = new Decide(1, 0, 2, "why not", null);
        Payload sealed =
                converter("decision-1", OLD).toPayloads(decide).orElseThrow().getPayloads(0);

        Decide read = answer(sealed, "decision-1");
        assertThat(read.in(null)).isEqualTo(decide);
        assertThat(read.seal()).extracting(Seal::bound).isEqualTo(true);
        assertThat(answer(sealed, "decision-2")).isNull();
        assertThat(answer(
                        encryption("decision-1", OLD)
                                .encode(List.of(json(decide)))
                                .get(0),
                        "decision-1"))
                .as("encrypted, but not as an answer")
                .isNull();
    }

    @Test
    void anAnswerUnderAKeyThatIsNotHereIsDroppedUnlessAKeyThatIsVouchesForIt() {
        Decide decide = new Decide(0, 0, 0, null, null);
        Payload rotated = converter("decision-1", NEW, OLD)
                .toPayloads(decide)
                .orElseThrow()
                .getPayloads(0);
        Payload foreign =
                converter("decision-1", NEW).toPayloads(decide).orElseThrow().getPayloads(0);

        assertThatThrownBy(() -> answer(rotated, "decision-1")).hasMessageContaining("FLOWMAIL_KEYS_PAYLOADS");
        assertThat(answer(foreign, "decision-1")).isNull();
        assertThat(answer(rotated.toBuilder().setData(foreign.getData()).build(), "decision-1"))
                .isNull();
        assertThat(answer(with(rotated, "encryption-workflow-id", "decision-2"), "decision-2"))
                .isNull();
    }

    @Test
    void anEmptyResultStaysReadable() {
        Payload nothing = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("binary/null"))
                .build();

        assertThat(encryption.encode(List.of(nothing))).containsExactly(nothing);
    }

    @Test
    void plainPayloadsPassUntouched() {
        assertThat(encryption.decode(List.of(PLAIN))).containsExactly(PLAIN);
    }

    @Test
    void recordsComeBackAsTheyWent() {
        DataConverter converter = PayloadJson.encrypted(new KeyRing(List.of(OLD)));
        Rules rules = new Rules(Duration.ofHours(5), null, null, 1, null, Comments.OFF);

        Decide.Visits visits = new Decide.Visits(3, Instant.EPOCH, Instant.now());
        assertThat(roundTrip(converter, visits, Decide.Visits.class)).isEqualTo(visits);
        assertThat(roundTrip(converter, rules, Rules.class)).isEqualTo(rules);
    }

    @Test
    void timesAreIsoAndAccessorsThatAreNoComponentsStayOut() {
        record Sample(Duration timeout, Instant at) {
            @SuppressWarnings("unused") // stands for DecisionState.isOpen()
            boolean isOpen() {
                return true;
            }
        }

        assertThat(json(new Sample(Duration.ofHours(5), Instant.EPOCH))
                        .getData()
                        .toStringUtf8())
                .isEqualTo("{\"timeout\":\"PT5H\",\"at\":\"1970-01-01T00:00:00Z\"}");
    }

    @Test
    void fieldsOfANewerVersionAreIgnoredAndAbsentOnesAreEmpty() {
        record Older(
                String name,
                int count,
                boolean debug,
                @Nullable List<String> names) {}
        Payload newer = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8("{\"name\":\"a\",\"later\":1}"))
                .build();

        Older read = PayloadJson.plain().fromPayload(newer, Older.class, Older.class);

        assertThat(read).isEqualTo(new Older("a", 0, false, null));
    }

    @Test
    void failuresAreReadableForKeyHoldersOnly() {
        DataConverter converter = PayloadJson.encrypted(new KeyRing(List.of(OLD)));

        Failure failure = converter.exceptionToFailure(
                ApplicationFailure.newNonRetryableFailure("550 carol@example.com: unknown", "SmtpRefused"));

        assertThat(failure.toString()).doesNotContain("carol");
        assertThat(failure.getApplicationFailureInfo().getType()).isEqualTo("SmtpRefused");
        assertThat(converter.failureToException(failure)).hasMessageContaining("carol@example.com");
    }

    @Test
    void whatRefusesAnUpdateIsReadableForEverybody() {
        DataConverter converter = PayloadJson.encrypted(new KeyRing(List.of(OLD)))
                .withContext(new WorkflowSerializationContext("default", "decision-1"));

        Failure failure = converter.exceptionToFailure(
                ApplicationFailure.newNonRetryableFailure("The request has ended.", DecisionWorkflow.REFUSED));

        assertThat(failure.getMessage()).isEqualTo("The request has ended.");
        assertThat(converter.failureToException(failure)).hasMessageContaining("The request has ended.");
    }

    @Test
    void unreadablePayloadsFailRatherThanBecomeEmpty() {
        Payload broken = Payload.newBuilder()
                .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
                .setData(ByteString.copyFromUtf8("{"))
                .build();

        assertThatThrownBy(() -> PayloadJson.plain().fromPayload(broken, Mailbox.class, Mailbox.class))
                .isInstanceOf(DataConverterException.class);
    }

    private static <T> T roundTrip(DataConverter converter, T value, Class<T> type) {
        return converter.fromPayload(converter.toPayload(value).orElseThrow(), type, type);
    }

    private static Payload json(Object value) {
        return PayloadJson.plain().toPayload(value).orElseThrow();
    }

    /** What a worker makes of a signal, with the key {@code OLD}. */
    private static Decide answer(Payload payload, String workflowId) {
        Object[] arguments = converter(workflowId, OLD)
                .fromPayloads(
                        Optional.of(Payloads.newBuilder().addPayloads(payload).build()),
                        new Class<?>[] {Decide.class},
                        new Type[] {Decide.class});
        return (Decide) arguments[0];
    }

    private static DataConverter converter(String workflowId, Key... keys) {
        return PayloadJson.encrypted(new KeyRing(List.of(keys)))
                .withContext(new WorkflowSerializationContext("default", workflowId));
    }

    private static PayloadEncryption encryption(String workflowId, Key... keys) {
        return new PayloadEncryption(new Envelopes(new KeyRing(List.of(keys))), workflowId);
    }

    private static Payload with(Payload payload, String name, String value) {
        return payload.toBuilder()
                .putMetadata(name, ByteString.copyFromUtf8(value))
                .build();
    }

    private static Payload payload(String base64) {
        try {
            return Payload.parseFrom(Base64.getDecoder().decode(base64));
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    private Payload encrypted() {
        return encryption.encode(List.of(PLAIN)).get(0);
    }

    private static Key key(String id, int fill) {
        byte[] bytes = new byte[Key.SIZE];
        Arrays.fill(bytes, (byte) fill);
        return new Key(id, bytes);
    }
}
