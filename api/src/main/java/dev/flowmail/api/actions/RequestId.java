package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.EngineValue;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.flow.MObject;
import dev.flowmail.activities.flow.Outcome;
import dev.flowmail.activities.flow.Property;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.links.DecisionLink;
import java.io.OutputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;

/**
 * The ids of what requests start: a digest that tells nothing of what went into it. A repeat (same tenant, token, action and
 * content; of plain sends the same state too) has the id of the first. Without a token each request is its own, since nothing
 * tells a repeat from a second wish.
 *
 * <p>Content is what the action is given: inputs and outcomes. Not content are who is signed in, the language, the mail
 * server, ids of values, the order of values and properties, and whether what is empty is {@code ""}, null or left out.
 */
public final class RequestId {
    private static final String SEND = "send-";
    private static final int SIZE = 20;
    private static final List<Object> NOTHING = List.of("", List.of());

    private RequestId() {}

    /** The id of a decision's workflow. */
    static String ofDecision(String action, ServiceRequest request) {
        return DecisionLink.workflowId(digest(action, request, ""));
    }

    /** The id of a plain send: {@code send-} and 40 hexadecimal digits. */
    static String ofSend(String action, ServiceRequest request) {
        return SEND + HexFormat.of().formatHex(digest(action, request, text(request.stateId())));
    }

    /** Whether it is the id of a plain send; else it is a decision's. */
    public static boolean isOfSend(String id) {
        return id.startsWith(SEND);
    }

    private static byte[] digest(String action, ServiceRequest request, String stateId) {
        String token = FlowIds.present(request.token())
                .orElseGet(() -> UUID.randomUUID().toString());
        return digest(List.of(
                action,
                text(request.tenantId()),
                stateId,
                token,
                inputs(request.inputs()),
                request.outcomes().stream().map(RequestId::outcome).toList()));
    }

    private static List<Object> outcome(Outcome outcome) {
        return List.of(text(outcome.id()), text(outcome.developerName()), text(outcome.label()), outcome.order());
    }

    private static Map<String, Object> inputs(List<EngineValue> inputs) {
        Map<String, Object> content = new TreeMap<>();
        inputs.forEach(input -> put(content, input.developerName(), input.contentValue(), input.objectData()));
        return withoutNothing(content);
    }

    private static Map<String, Object> properties(List<Property> properties) {
        Map<String, Object> content = new TreeMap<>();
        properties.forEach(
                property -> put(content, property.developerName(), property.contentValue(), property.objectData()));
        return withoutNothing(content);
    }

    /** Of several with one name the first counts, an empty one too. */
    private static void put(
            Map<String, Object> content,
            @Nullable String name,
            @Nullable String value,
            @Nullable List<MObject> objects) {
        List<MObject> present = objects == null ? List.of() : objects;
        content.putIfAbsent(
                text(name),
                List.of(
                        text(value),
                        present.stream()
                                .map(object -> properties(object.properties()))
                                .toList()));
    }

    private static Map<String, Object> withoutNothing(Map<String, Object> content) {
        content.values().removeIf(NOTHING::equals);
        return content;
    }

    private static String text(@Nullable String given) {
        return Objects.requireNonNullElse(given, "");
    }

    /** As JSON, in which no two contents look alike. */
    private static byte[] digest(List<Object> content) {
        MessageDigest digest = DigestUtils.getSha256Digest();
        FlowJson.mapper().writeValue(new DigestOutputStream(OutputStream.nullOutputStream(), digest), content);
        return Arrays.copyOf(digest.digest(), SIZE);
    }
}
