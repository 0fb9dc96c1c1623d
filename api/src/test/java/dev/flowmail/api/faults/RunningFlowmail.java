package dev.flowmail.api.faults;

import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.api.FlowmailProcess;
import dev.flowmail.api.codec.PayloadJson;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.servers.WebServer;
import io.temporal.client.ActivityClient;
import io.temporal.client.ActivityClientOptions;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The whole program in a process of its own, what stands around it, and a look into its Temporal. */
final class RunningFlowmail implements AutoCloseable {
    static final String TENANT = "67204d5c-6022-474d-8f80-0d576b43d02d";
    private static final byte[] KEY = new byte[Key.SIZE];

    final WorkflowClient workflows;
    final ActivityClient activities;
    private final FlowmailProcess process;
    private final WebServer engine;
    private final List<JsonNode> callbacks = new CopyOnWriteArrayList<>();

    RunningFlowmail(Path data) throws IOException {
        String key = "k:" + Base64.getEncoder().encodeToString(KEY);
        process = new FlowmailProcess(
                        data,
                        Map.of(
                                "FLOWMAIL_KEYS_LINKS", key,
                                "FLOWMAIL_KEYS_PAYLOADS", key,
                                "FLOWMAIL_NETWORK_ALLOW", "127.0.0.1/32"))
                .awaitReady();
        engine = engine();
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(process.temporalAddress())
                .build());
        workflows = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder()
                        .setDataConverter(PayloadJson.encrypted(new KeyRing(List.of(new Key("k", KEY)))))
                        .build());
        activities = ActivityClient.newInstance(
                stubs,
                ActivityClientOptions.newBuilder()
                        .setNamespace(workflows.getOptions().getNamespace())
                        .setDataConverter(workflows.getOptions().getDataConverter())
                        .build());
    }

    private WebServer engine() {
        return new WebServer().on("/", exchange -> {
            callbacks.add(FlowJson.mapper().readTree(exchange.getRequestBody()));
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            WebServer.answer(exchange, 200, "\"FORWARD\"");
        });
    }

    /**
     * Sends a mail to a@example.com and b@example.com by an action.
     *
     * @param token names the request, as its state id too
     */
    Answer send(Fault fault, int smtpPort, String action, String token, boolean debug) {
        return post(action, request(fault, smtpPort, token, debug));
    }

    Answer post(String action, ObjectNode request) {
        return Http.post(URI.create(process.url()).getPort(), "/api/email/1/actions/" + action, request);
    }

    Answer get(String path) {
        return Http.get(URI.create(process.url()).getPort(), path);
    }

    /** Submits the form of a link with a comment. */
    Answer decide(String path, String comment) {
        return Http.exchange(
                URI.create(process.url()).getPort(),
                "POST",
                path,
                BodyPublishers.ofString("comment=" + URLEncoder.encode(comment, StandardCharsets.UTF_8)),
                "Content-Type",
                "application/x-www-form-urlencoded");
    }

    /** The request of {@link #send}. */
    ObjectNode request(Fault fault, int smtpPort, String token, boolean debug) {
        ObjectNode request = FlowJson.mapper().createObjectNode();
        request.put("token", token).put("tenantId", TENANT).put("stateId", token);
        request.put("callbackUri", engine.address("/api/run/1/response"));
        request.put("executionMode", debug ? "DEBUG" : null);
        ArrayNode configuration = request.putArray("configurationValues");
        value(configuration, "Host", "127.0.0.1");
        value(configuration, "Port", String.valueOf(smtpPort));
        value(configuration, "Transport", fault.transport());
        if (fault.signsIn()) {
            value(configuration, "Username", "flow");
            value(configuration, "Password", "secret");
        }
        ArrayNode inputs = request.putArray("inputs");
        contacts(inputs, "From", "flow@example.com");
        contacts(inputs, "To", "a@example.com", "b@example.com");
        value(inputs, "Subject", "Approve?");
        value(inputs, "Body", fault.body());
        request.putArray("outcomes")
                .addObject()
                .put("id", "5b6e1a3c-0f6d-4a55-9a0e-0c8f3f1d2b7a")
                .put("developerName", "Yes");
        return request;
    }

    private static void value(ArrayNode values, String name, @Nullable String value) {
        values.addObject().put("developerName", name).put("contentValue", value);
    }

    private static void contacts(ArrayNode inputs, String name, String... addresses) {
        ArrayNode contacts = inputs.addObject().put("developerName", name).putArray("objectData");
        for (String address : addresses) {
            contacts.addObject()
                    .put("developerName", "Contact")
                    .putArray("properties")
                    .addObject()
                    .put("developerName", "Email")
                    .put("contentValue", address);
        }
    }

    /** What Flow was told late. */
    Optional<JsonNode> callback(String token) {
        return callbacks.stream()
                .filter(callback -> callback.path("token").asString().equals(token))
                .findFirst();
    }

    /** The id of the plain send that a request has started. */
    Optional<String> activityId(String token) {
        return activities
                .listExecutions("FlowmailState = '" + token + "'")
                .map(execution -> execution.getActivityId())
                .findFirst();
    }

    /** The id of the workflow that a request has started. */
    Optional<String> workflowId(String token) {
        return workflows
                .listExecutions("FlowmailState = '" + token + "'")
                .map(execution -> execution.getExecution().getWorkflowId())
                .findFirst();
    }

    @Override
    public void close() {
        workflows.getWorkflowServiceStubs().shutdownNow();
        engine.close();
        process.close();
    }
}
