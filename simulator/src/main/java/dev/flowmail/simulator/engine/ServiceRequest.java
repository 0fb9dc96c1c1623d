package dev.flowmail.simulator.engine;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What Flow sends to a message action, built step by step. Methods change this request and return it. */
public final class ServiceRequest {
    private final Action action;
    private final ObjectNode body;
    private Who who;
    private List<String> steps = List.of();

    /** A request as recorded, to be changed before it is sent. */
    public ServiceRequest(Action action, ObjectNode body, Who who) {
        this.action = action;
        this.body = body;
        this.who = who;
    }

    /** The sender. */
    public ServiceRequest from(String address, @Nullable String name) {
        return action == Action.SIMPLE
                ? text("From", address)
                : objects("From", "ContentObject", EngineValues.contact(address, name));
    }

    /** The recipients, each a bare address. */
    public ServiceRequest to(String... addresses) {
        return action == Action.SIMPLE ? text("To", String.join(";", addresses)) : contacts("To", addresses);
    }

    /** A list of contacts: {@code To}, {@code To (CC)} or {@code To (BCC)}. */
    public ServiceRequest contacts(String input, String... addresses) {
        ArrayNode contacts = Json.array();
        for (String address : addresses) {
            contacts.add(EngineValues.contact(address, null));
        }
        return objects(input, "ContentList", contacts);
    }

    /** The subject. */
    public ServiceRequest subject(String subject) {
        return text("Subject", subject);
    }

    /** The plain text; HTML for {@link Action#SIMPLE}. */
    public ServiceRequest body(String text) {
        return input("Body", action == Action.SIMPLE ? "ContentContent" : "ContentString", text);
    }

    /** The HTML. */
    public ServiceRequest html(String html) {
        return input("HTML Body", "ContentContent", html);
    }

    /** Uploaded files, as the connector answered them. */
    public ServiceRequest attachments(JsonNode... files) {
        ArrayNode list = Json.array();
        for (JsonNode file : files) {
            list.add(file);
        }
        return objects("Attachments", "ContentList", list);
    }

    /** One outcome for each label. */
    public ServiceRequest outcomes(String... labels) {
        ArrayNode list = body.putArray("outcomes");
        for (String label : labels) {
            EngineValues.outcome(list, UUID.randomUUID().toString(), label).put("label", label);
        }
        return this;
    }

    /** The type of an outcome's page action, e.g. {@code Reject}, which gives its button a colour in Flow's player. */
    public ServiceRequest pageAction(String developerName, String type) {
        body.withArray("outcomes").values().stream()
                .filter(outcome -> outcome.path("developerName").asString("").equals(developerName))
                .forEach(outcome -> ((ObjectNode) outcome).put("pageActionType", type));
        return this;
    }

    /** One outcome more: the element's <i>Use this Outcome for Faults</i>. */
    public ServiceRequest faultOutcome() {
        EngineValues.outcome(body.withArray("outcomes"), Outcome.FAULT_ID, "FAULT");
        return this;
    }

    /** The texts of the steps behind the element: one for each outcome so far, in their order. Never on the wire. */
    public ServiceRequest steps(List<String> texts) {
        steps = List.copyOf(texts);
        return this;
    }

    /** A text input, e.g. {@code Timeout}. An input that is there already is replaced. */
    public ServiceRequest text(String name, String value) {
        return input(name, "ContentString", value);
    }

    /** A configuration value, e.g. {@code Port}. */
    public ServiceRequest configuration(String name, String value) {
        return put("configurationValues", EngineValues.value(name, null).put("contentValue", value));
    }

    /** A member of the request itself, e.g. {@code executionMode}; null for none. */
    public ServiceRequest member(String name, @Nullable String value) {
        body.put(name, value);
        return this;
    }

    /** The language of mails and pages, as Flow writes it, e.g. {@code DE}. */
    public ServiceRequest language(String language) {
        body.putObject("culture").put("language", language);
        return this;
    }

    /** For whom Flow calls. */
    public ServiceRequest who(Who user) {
        who = user;
        return this;
    }

    /** The same request with a mail server of one's own. */
    public ServiceRequest mailServer(String host, int port, String transport) {
        return configuration("Host", host)
                .configuration("Port", Integer.toString(port))
                .configuration("Transport", transport);
    }

    Flow start() {
        return new Flow(
                Instant.now(),
                body.path("token").asString(""),
                body.path("tenantId").asString(""),
                body.path("stateId").asString(""),
                action,
                who,
                body.path("outcomes").valueStream().map(Outcome::of).toList(),
                Json.write(body),
                null,
                List.of(),
                URI.create(body.path("joinPlayerUri").asString("")),
                steps);
    }

    private ServiceRequest input(String name, String contentType, String value) {
        return put("inputs", EngineValues.value(name, contentType).put("contentValue", value));
    }

    private ServiceRequest objects(String name, String contentType, JsonNode objects) {
        ObjectNode value = EngineValues.value(name, contentType);
        value.set("objectData", objects.isArray() ? objects : Json.array().add(objects));
        return put("inputs", value);
    }

    private ServiceRequest put(String list, ObjectNode value) {
        ArrayNode values = body.withArray(list);
        values.removeIf(other -> other.path("developerName").equals(value.path("developerName")));
        values.add(value);
        return this;
    }
}
