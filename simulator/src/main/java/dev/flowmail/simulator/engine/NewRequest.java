package dev.flowmail.simulator.engine;

import java.net.URI;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of a request as a new flow would send it: all but the inputs, the outcomes and the configuration is there. */
final class NewRequest {
    /** Where late answers go, below the engine's address. */
    static final String CALLBACKS = "/api/run/1/response";

    private NewRequest() {}

    /** @param address of the engine */
    static ObjectNode of(URI address, Action action) {
        String state = UUID.randomUUID().toString();
        ObjectNode body = Json.object();
        body.put("joinPlayerUri", address + "/" + FlowEngine.TENANT + "/play/default?join=" + state);
        body.put(
                "playerUri",
                address + "/" + FlowEngine.TENANT + "/play/default?flow-id=6b987fed-ffda-4b92-842b-a0010b3cac0c");
        body.put("platformUri", address.toString());
        body.put("uri", "https://service.example.com/api/email/1/" + action.path());
        body.putArray("inputs");
        body.putArray("outcomes");
        body.put("token", UUID.randomUUID().toString());
        body.put("tenantId", FlowEngine.TENANT);
        body.put("stateId", state);
        body.put("callbackUri", address + CALLBACKS);
        ObjectNode culture = body.putObject("culture");
        for (String member : List.of("id", "developerName", "developerSummary", "brand")) {
            culture.putNull(member);
        }
        culture.put("language", "EN").put("country", "USA").putNull("variant").put("code", "en-US");
        body.putNull("executionMode");
        body.putArray("configurationValues");
        body.putObject("authorization")
                .put("serviceElementId", "2bef9843-70f5-4852-9426-7049e31a7db4")
                .put("globalAuthenticationType", "PUBLIC")
                .put("streamBehaviourType", "NONE")
                .putNull("groups")
                .putNull("users")
                .putNull("locations");
        body.putNull("annotations");
        body.putNull("attributes");
        return body;
    }
}
