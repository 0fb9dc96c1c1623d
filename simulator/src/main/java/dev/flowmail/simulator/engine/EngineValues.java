package dev.flowmail.simulator.engine;

import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Values, objects and outcomes as Flow's engine writes them. */
public final class EngineValues {

    private EngineValues() {}

    /** Adds an outcome without a label to a list. */
    static ObjectNode outcome(ArrayNode list, String id, String developerName) {
        return list.addObject()
                .put("id", id)
                .put("developerName", developerName)
                .putNull("label")
                .put("order", list.size() - 1)
                .put("pageActionBindingType", "SAVE")
                .putNull("pageActionType")
                .put("isBulkAction", false)
                .putNull("pageObjectBindingId")
                .put("isOut", false)
                .putNull("attributes")
                .putNull("className");
    }

    /** A {@code $File} with these properties, as a connector or a list operator of the flow makes it. */
    public static JsonNode file(Map<String, String> properties) {
        ObjectNode file = object("$File");
        ArrayNode list = file.putArray("properties");
        properties.forEach((name, value) -> list.add(property(name, value)));
        return file;
    }

    static ObjectNode contact(String address, @Nullable String name) {
        ObjectNode contact = object("Contact");
        contact.putArray("properties").add(property("Email", address)).add(property("Name", name));
        return contact;
    }

    private static ObjectNode object(String type) {
        String id = UUID.randomUUID().toString();
        ObjectNode object = Json.object();
        object.put("internalId", id);
        object.put("externalId", id);
        object.put("developerName", type);
        object.put("typeElementId", "01932417-1e86-46e9-a2ef-c8260c8df65b");
        object.put("order", 0);
        object.put("isSelected", false);
        return object;
    }

    private static ObjectNode property(String name, @Nullable String value) {
        ObjectNode property = Json.object();
        property.put("typeElementPropertyId", UUID.randomUUID().toString());
        property.put("developerName", name);
        property.put("contentValue", value);
        property.put("contentType", "ContentString");
        property.putNull("contentFormat");
        property.putNull("objectData");
        return property;
    }

    /** The value of an input or of a configuration, without content yet. */
    static ObjectNode value(String name, @Nullable String contentType) {
        ObjectNode value = Json.object();
        value.put("valueElementId", UUID.randomUUID().toString());
        value.putNull("typeElementId");
        value.putNull("typeElementPropertyId");
        value.put("developerName", name);
        value.putNull("typeElementDeveloperName");
        value.putNull("typeElementPropertyDeveloperName");
        value.putNull("contentValue");
        value.put("contentType", contentType);
        value.putNull("objectData");
        return value;
    }
}
