package dev.flowmail.api.codec;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import dev.flowmail.api.config.KeyRings;
import dev.flowmail.api.problems.ProblemException;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodecException;
import java.util.List;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Temporal's remote codec protocol: protobuf-JSON {@code Payloads} in and out. The header {@code X-Namespace} is ignored:
 * every namespace has the same keys. What is encoded here is bound to no request and is never obeyed as an answer; what is
 * bound is decoded for every request.
 */
@RestController
@RequestMapping(
        path = "/codec",
        consumes = MediaType.APPLICATION_JSON_VALUE,
        produces = MediaType.APPLICATION_JSON_VALUE)
final class CodecController {

    private final PayloadEncryption encryption;

    CodecController(KeyRings keys) {
        this.encryption = new PayloadEncryption(new Envelopes(keys.payloads()), "");
    }

    @PostMapping("/decode")
    String decode(@RequestBody String payloads) {
        return convert(payloads, encryption::decode);
    }

    @PostMapping("/encode")
    String encode(@RequestBody String payloads) {
        return convert(payloads, encryption::encode);
    }

    private static String convert(String json, UnaryOperator<List<Payload>> conversion) {
        try {
            Payloads.Builder payloads = Payloads.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(json, payloads);
            List<Payload> converted = conversion.apply(payloads.getPayloadsList());
            return JsonFormat.printer()
                    .omittingInsignificantWhitespace()
                    .print(Payloads.newBuilder().addAllPayloads(converted));
        } catch (InvalidProtocolBufferException malformed) {
            throw ProblemException.badInput("The body is not the protobuf-JSON form of Payloads");
        } catch (PayloadCodecException unreadable) {
            throw ProblemException.badInput(String.valueOf(unreadable.getMessage()));
        }
    }
}
