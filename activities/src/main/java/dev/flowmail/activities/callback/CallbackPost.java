package dev.flowmail.activities.callback;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.network.ConnectionFault;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.workflows.callback.LateAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The POST of a late answer, and what Flow's reply means. */
final class CallbackPost {
    private static final ContentType JSON = ContentType.create("application/json");
    private static final long LARGEST_REPLY = 64L * 1024;

    /** What another attempt may change, though it is a 4xx. */
    private static final Set<Integer> WORTH_ANOTHER_ATTEMPT = Set.of(408, 409, 425, 429);

    private static final Pattern INVOKE_TYPE = Pattern.compile("[A-Za-z_]{1,40}");

    private final GuardedHttp http;

    CallbackPost(GuardedHttp http) {
        this.http = http;
    }

    /**
     * What the engine said; null when it said nothing.
     *
     * @throws io.temporal.failure.ApplicationFailure when Flow did not take it
     */
    @Nullable
    String send(URI callback, LateAnswer answer, Duration limit) {
        HttpPost request = new HttpPost(callback);
        Engine.addHeaders(request, answer.flow());
        request.setEntity(new ByteArrayEntity(AnswerBody.of(answer), JSON));
        try {
            return http.exchange(request, new Limits(limit, LARGEST_REPLY), (reply, body) -> {
                        requireSuccess(callback, reply.getCode());
                        Optional<String> said = said(body);
                        said.ifPresent(word -> requireTaken(callback, word));
                        return said;
                    })
                    .orElse(null);
        } catch (AddressRefusedException refused) {
            throw Engine.refused("Flow was not told: " + refused.getMessage());
        } catch (IOException failure) {
            throw Engine.unreachable(
                    Engine.nameOf(callback) + " could not be told: " + ConnectionFault.reason(failure));
        }
    }

    private static void requireSuccess(URI callback, int status) {
        if (status >= 200 && status < 300) {
            return;
        }
        String sentence = Engine.nameOf(callback) + " answered " + status;
        if (status >= 300 && status < 400) {
            throw Engine.unreachable(sentence + ", a redirect; callbacks follow none");
        }
        throw status >= 400 && status < 500 && !WORTH_ANOTHER_ATTEMPT.contains(status)
                ? Engine.refused(sentence)
                : Engine.unreachable(sentence);
    }

    private static void requireTaken(URI callback, String said) {
        switch (said) {
            case "BUSY" -> throw Engine.unreachable(Engine.nameOf(callback) + " answered BUSY");
            case "NOT_ALLOWED" -> throw Engine.refused(Engine.nameOf(callback) + " answered NOT_ALLOWED");
            default -> {}
        }
    }

    /** A word, bare or as a JSON string, or the {@code invokeType} of an object. What has no such sense is no failure. */
    private static Optional<String> said(InputStream body) {
        String text;
        try {
            text = new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException brokenOffOrTooLarge) {
            return Optional.empty();
        }
        return Optional.of(word(text).strip())
                .filter(INVOKE_TYPE.asMatchPredicate())
                .map(word -> word.toUpperCase(Locale.ROOT));
    }

    private static String word(String text) {
        if (!text.startsWith("\"") && !text.startsWith("{")) {
            return text;
        }
        try {
            JsonNode json = FlowJson.mapper().readTree(text);
            return (json.isObject() ? json.path("invokeType") : json).asString("");
        } catch (JacksonException noJson) {
            return "";
        }
    }
}
