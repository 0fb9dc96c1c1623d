package dev.flowmail.verification.operators;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.util.JsonFormat;
import io.temporal.api.common.v1.Payload;
import io.temporal.api.common.v1.Payloads;
import io.temporal.payload.codec.PayloadCodec;
import io.temporal.payload.codec.PayloadCodecException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Flowmail's codec, as operators' tools ask it. */
final class RemoteCodec implements PayloadCodec {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI address;

    /** @param address without {@code /encode} and {@code /decode} */
    RemoteCodec(URI address) {
        this.address = address;
    }

    @Override
    public List<Payload> encode(List<Payload> payloads) {
        return convert("encode", payloads);
    }

    @Override
    public List<Payload> decode(List<Payload> payloads) {
        return convert("decode", payloads);
    }

    private List<Payload> convert(String how, List<Payload> payloads) {
        try {
            String body = JsonFormat.printer()
                    .print(Payloads.newBuilder().addAllPayloads(payloads).build());
            HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/" + how))
                    .timeout(PATIENCE)
                    .header("Content-Type", "application/json")
                    .header("X-Namespace", "default")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new PayloadCodecException("The codec answered " + answer.statusCode());
            }
            Payloads.Builder converted = Payloads.newBuilder();
            JsonFormat.parser().ignoringUnknownFields().merge(answer.body(), converted);
            return converted.getPayloadsList();
        } catch (InvalidProtocolBufferException e) {
            throw new PayloadCodecException(e);
        } catch (IOException e) {
            throw new PayloadCodecException("The codec does not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PayloadCodecException(e);
        }
    }
}
