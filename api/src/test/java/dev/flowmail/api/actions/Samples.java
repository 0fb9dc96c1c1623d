package dev.flowmail.api.actions;

import dev.flowmail.api.wire.Http;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A sample request and what a test changes in it. */
final class Samples {
    private final ObjectNode request;

    private Samples(ObjectNode request) {
        this.request = request;
    }

    static Samples of(String action) {
        return new Samples(Http.sample(action + "-request.json"));
    }

    /**
     * A request whose attachments lie in a bucket.
     *
     * @param endpoint null for Amazon's own
     */
    static Samples inBucket(String action, @Nullable String endpoint) {
        return of(action)
                .configuration("Attachments: Source", "S3")
                .configuration("Attachments: S3 Bucket", "bucket")
                .configuration("Attachments: S3 Region", "eu-central-1")
                .configuration("Attachments: S3 Access Key", "access")
                .configuration("Attachments: S3 Secret Key", "secret")
                .configuration("Attachments: S3 Endpoint", endpoint);
    }

    ObjectNode json() {
        return request;
    }

    Samples input(String name, @Nullable String value) {
        value("inputs", name).put("contentValue", value);
        return this;
    }

    Samples configuration(String name, @Nullable String value) {
        value("configurationValues", name).put("contentValue", value);
        return this;
    }

    Samples property(String name, @Nullable String value) {
        request.put(name, value);
        return this;
    }

    /** A list of contacts: address and name in turn. */
    Samples contacts(String input, @Nullable String... addressesAndNames) {
        ArrayNode contacts = value("inputs", input).putArray("objectData");
        for (int index = 0; index < addressesAndNames.length; index += 2) {
            object(contacts, "Contact", "Email", addressesAndNames[index], "Name", addressesAndNames[index + 1]);
        }
        return this;
    }

    /** One more file: property names and values in turn. */
    Samples attachment(@Nullable String... properties) {
        ObjectNode attachments = value("inputs", "Attachments");
        ArrayNode files = attachments.get("objectData") instanceof ArrayNode present
                ? present
                : attachments.putArray("objectData");
        object(files, "$File", properties);
        return this;
    }

    Samples noOutcomes() {
        request.putArray("outcomes");
        return this;
    }

    Samples outcome(@Nullable String id, @Nullable String developerName, @Nullable String label, int order) {
        ((ArrayNode) request.get("outcomes"))
                .addObject()
                .put("id", id)
                .put("developerName", developerName)
                .put("label", label)
                .put("order", order);
        return this;
    }

    /** More of the outcome that was added last: names and texts in turn; {@code attributes.type} is one within. */
    Samples with(@Nullable String... properties) {
        ObjectNode outcome =
                (ObjectNode) request.get("outcomes").get(request.get("outcomes").size() - 1);
        for (int index = 0; index < properties.length; index += 2) {
            String name = String.valueOf(properties[index]);
            if (name.startsWith("attributes.")) {
                outcome.withObject("/attributes").put(name.substring("attributes.".length()), properties[index + 1]);
            } else {
                outcome.put(name, properties[index + 1]);
            }
        }
        return this;
    }

    private ObjectNode value(String list, String name) {
        ArrayNode values = (ArrayNode) request.get(list);
        return StreamSupport.stream(values.spliterator(), false)
                .filter(value -> name.equals(value.path("developerName").asString()))
                .map(ObjectNode.class::cast)
                .findFirst()
                .orElseGet(() -> values.addObject().put("developerName", name));
    }

    private static void object(ArrayNode list, String type, @Nullable String... properties) {
        ArrayNode wired = list.addObject().put("developerName", type).putArray("properties");
        for (int index = 0; index < properties.length; index += 2) {
            wired.addObject().put("developerName", properties[index]).put("contentValue", properties[index + 1]);
        }
    }

    /** What the original answers; ours says besides what Flow may show while it waits. */
    static JsonNode response(String action) {
        ObjectNode response = Http.sample(action + "-response.json");
        return action.equals(ActionNames.DECISION)
                ? response.put("waitMessage", "This process is waiting for a decision requested by email.")
                : response;
    }
}
