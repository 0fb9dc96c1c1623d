package dev.flowmail.api.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.decision.DecisionWorkflow;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.failure.v1.Failure;
import io.temporal.common.converter.DataConverter;
import io.temporal.common.converter.DataConverterException;
import io.temporal.failure.ApplicationFailure;
import io.temporal.payload.codec.PayloadCodecException;
import io.temporal.payload.context.WorkflowSerializationContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayloadEncryptionTests {

    private static final Key OLD = key("old", 1);
    private static final Key NEW = key("new", 2);
    private static final Payload PLAIN = Payload.newBuilder()
            .putMetadata("encoding", ByteString.copyFromUtf8("json/plain"))
            .setData(ByteString.copyFromUtf8("\"carol@example.com\""))
            .build();

    private final PayloadEncryption encryption = new PayloadEncryption(new KeyRing(List.of(OLD)));

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
        PayloadEncryption rotated = new PayloadEncryption(new KeyRing(List.of(NEW, OLD)));

        assertThat(rotated.decode(List.of(encrypted()))).containsExactly(PLAIN);
        assertThat(rotated.encode(List.of(PLAIN)).get(0).getMetadataOrThrow("encryption-key-id"))
                .isEqualTo(ByteString.copyFromUtf8("new"));
    }

    @Test
    void aKeyThatIsGoneIsSaidPlainly() {
        PayloadEncryption other = new PayloadEncryption(new KeyRing(List.of(NEW)));

        assertThatThrownBy(() -> other.decode(List.of(encrypted())))
                .isInstanceOf(PayloadCodecException.class)
                .hasMessageContaining("FLOWMAIL_KEYS_PAYLOADS");
    }

    @Test
    void aChangedByteIsNoticed() {
        Payload secret = encrypted();
        for (int place = 0; place < secret.getData().size(); place++) {
            byte[] bytes = secret.getData().toByteArray();
            bytes[place] ^= 1;
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
        Decide decide = new Decide(1, 0, 2, "why not", new Decide.Visits(3, Instant.EPOCH, Instant.now()));
        Rules rules = new Rules(Duration.ofHours(5), null, null, 1, null, Comments.OFF);

        assertThat(roundTrip(converter, decide, Decide.class)).isEqualTo(decide);
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

        assertThat(json(new Sample(Duration.ofHours(5), Instant.EPOCH)))
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

    private static String json(Object value) {
        return PayloadJson.plain().toPayload(value).orElseThrow().getData().toStringUtf8();
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
