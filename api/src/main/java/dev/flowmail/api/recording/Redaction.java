package dev.flowmail.api.recording;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.flow.Outcome;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Leaves of a request its structure and Flow's own words, and of all that somebody wrote or is only what kind of thing it was.
 * What is not known to be harmless is replaced: {@code <text>}, {@code <name>}, {@code <key>}; an id by a mark that is the
 * same wherever this recording holds the same id, and says nothing else of it.
 */
final class Redaction {

    /** Words of Flow's own. */
    private static final Set<String> WORDS = Set.of(
            "contentType",
            "contentFormat",
            "executionMode",
            "globalAuthenticationType",
            "streamBehaviourType",
            "pageActionType",
            "pageActionBindingType",
            "type",
            "language",
            "country",
            "code");

    private static final Set<String> NUMBERS = Set.of("order", "limit", "offset");

    /** Lists whose elements are named by the connector, not by people. */
    private static final Set<String> NAMED_BY_US = Set.of("inputs", "configurationValues", "properties", "objectData");

    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9 $_:().-]{0,60}");
    private static final Pattern KEY = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,40}");

    private final byte[] salt = new byte[32];

    Redaction() {
        new SecureRandom().nextBytes(salt);
    }

    JsonNode body(byte[] body) {
        try {
            return redacted("", "", FlowJson.mapper().readTree(body));
        } catch (RuntimeException notJson) {
            return JsonNodeFactory.instance.stringNode("<not JSON>");
        }
    }

    /**
     * @param list the name of the list that the node is an element of, or a property of such an element; empty for none
     * @param key the node's own name
     */
    private JsonNode redacted(String list, String key, JsonNode node) {
        if (node instanceof ObjectNode object) {
            ObjectNode redacted = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(property -> redacted.set(
                            KEY.matcher(property.getKey()).matches() ? property.getKey() : "<key>",
                            redacted(list, property.getKey(), property.getValue())));
            return redacted;
        }
        if (node instanceof ArrayNode array) {
            ArrayNode redacted = JsonNodeFactory.instance.arrayNode();
            array.forEach(element -> redacted.add(redacted(key, "", element)));
            return redacted;
        }
        if (node.isString()) {
            return JsonNodeFactory.instance.stringNode(text(list, key, node.asString()));
        }
        return node.isNumber() && !NUMBERS.contains(key) ? JsonNodeFactory.instance.stringNode("<number>") : node;
    }

    private String text(String list, String key, String value) {
        // null, empty and absent are what readers of a recording want to tell apart
        if (value.isEmpty()) {
            return value;
        }
        String lowerCase = key.toLowerCase(Locale.ROOT);
        if (lowerCase.endsWith("uri")) {
            return AddressRedaction.of(value);
        }
        if (lowerCase.endsWith("id") || lowerCase.equals("token")) {
            return isReserved(null, value) ? value : mark(value);
        }
        if (key.equals("developerName") || key.equals("typeElementDeveloperName")) {
            boolean ours = NAMED_BY_US.contains(list) && WORD.matcher(value).matches();
            return ours || isReserved(value, null) ? value : "<name>";
        }
        return WORDS.contains(key) && WORD.matcher(value).matches() ? value : "<text>";
    }

    private static boolean isReserved(@Nullable String developerName, @Nullable String id) {
        return new Outcome(id, developerName, null, 0, null, null).forFaults();
    }

    private String mark(String id) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt, "HmacSHA256"));
            byte[] mark = mac.doFinal(id.getBytes(StandardCharsets.UTF_8));
            return "<id " + HexFormat.of().formatHex(mark, 0, 4) + ">";
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256", impossible);
        }
    }
}
