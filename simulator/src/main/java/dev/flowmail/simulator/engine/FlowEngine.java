package dev.flowmail.simulator.engine;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.client.ResourceAccessException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A stand-in Flow engine. It sends requests to Flowmail, takes late answers as Flow does (a token is good for one), and keeps
 * each flow with the exact JSON of its request, answers and callbacks. Safe for several threads; kept in memory only.
 */
public final class FlowEngine {
    /** The tenant of every flow that is started here. */
    public static final String TENANT = "67204d5c-6022-474d-8f80-0d576b43d02d";

    static final String SUCCESS = "\"SUCCESS\"";
    private static final String TOKEN_COMPLETED = "\"TOKEN_COMPLETED\"";

    private static final Who USER = Who.loggedIn(TENANT, "sam@flow.example");

    private final URI address;
    private final int smtpPort;
    private final KeptFlows flows = new KeptFlows();
    private final Behaviour behaviour = new Behaviour();

    /**
     * @param address where this engine listens, e.g. {@code http://127.0.0.1:8090}
     * @param smtpPort the mail server on 127.0.0.1 that flows name in their configuration
     */
    public FlowEngine(URI address, int smtpPort) {
        this.address = address;
        this.smtpPort = smtpPort;
    }

    /** Calls a listener, which must not block, whenever a flow has changed. */
    public void onChange(Runnable listener) {
        flows.onChange(listener);
    }

    /** A request as a new flow would send it: all but the inputs and outcomes is there. */
    public ServiceRequest request(Action action) {
        return new ServiceRequest(action, NewRequest.of(address, action), USER)
                .mailServer("127.0.0.1", smtpPort, "plain");
    }

    /** A recorded request, to be sent as it is but to this engine's mail server and with answers to this engine. */
    public ServiceRequest recorded(Action action, String json) {
        return new ServiceRequest(action, (ObjectNode) Json.read(json), USER)
                .member("callbackUri", callbackUri())
                .mailServer("127.0.0.1", smtpPort, "plain");
    }

    /** Where this engine takes late answers. */
    public String callbackUri() {
        return address + NewRequest.CALLBACKS;
    }

    /** Sends a request and keeps its flow; returns it as it stands after Flowmail's answer. */
    public Flow send(Connector connector, ServiceRequest request) {
        return post(connector, begin(request));
    }

    /** Keeps the flow of a request that is yet to be sent. */
    public Flow begin(ServiceRequest request) {
        return flows.add(request.start());
    }

    /** Sends a flow's request (again): always the very same bytes. */
    public Flow repeat(Connector connector, Flow flow) {
        return post(connector, flow);
    }

    /**
     * Sends the requests of message actions that stand in one element with the same order: Flow runs them side by side, in one
     * state, and goes on by the first answer that satisfies an outcome; the others' tokens are then completed.
     */
    public List<Flow> sendTogether(Connector connector, List<ServiceRequest> requests) {
        String state = UUID.randomUUID().toString();
        List<Flow> together = requests.stream()
                .map(request -> begin(request.member("stateId", state)))
                .toList();
        flows.stand(together);
        return together.stream().map(flow -> post(connector, flow)).toList();
    }

    private Flow post(Connector connector, Flow flow) {
        try {
            Answer answer = connector.post(flow.action().path(), flow.request(), flow.who());
            return flows.change(flow.token(), now -> now.with(answer));
        } catch (ResourceAccessException e) {
            flows.change(flow.token(), now -> now.with(Answer.none("Flowmail did not answer: " + e.getMessage())));
            throw e;
        }
    }

    /** Asks the connector to describe itself, as a builder's browser does when it is installed. */
    public Answer describe(Connector connector) {
        ObjectNode request = Json.object();
        request.putNull("culture");
        request.putNull("uri");
        request.putArray("configurationValues");
        return connector.post("metadata", Json.write(request), USER);
    }

    /** Uploads a file; the answer's first object is what {@link ServiceRequest#attachments} takes. */
    public Answer upload(Connector connector, String fileName, @Nullable MediaType type, byte[] content) {
        return upload(
                connector, List.of(new FilePart(fileName, Optional.ofNullable(type), new ByteArrayResource(content))));
    }

    /** Uploads files in one request, as a player does when a person picks several: a part for each. */
    public Answer upload(Connector connector, List<FilePart> files) {
        ObjectNode request = Json.object();
        request.put("stateId", UUID.randomUUID().toString());
        request.put("token", UUID.randomUUID().toString());
        request.putArray("configurationValues");
        return connector.upload(Json.write(request), files, USER);
    }

    /** The object of an upload's answer. */
    public static JsonNode file(Answer upload) {
        return upload.json().path("objectData").path(0);
    }

    /** A flow as it stands now. */
    public Flow flow(String token) {
        return flows.get(token);
    }

    /** The flow of a state as it stands now. */
    public Optional<Flow> flowOfState(String stateId) {
        return flows().stream().filter(flow -> flow.stateId().equals(stateId)).findFirst();
    }

    /** All flows as they stand now, oldest first. */
    public List<Flow> flows() {
        return flows.all();
    }

    /** How it treats late answers, and whether it knows the way back. */
    public Behaviour behaviour() {
        return behaviour;
    }

    /** Takes a late answer; completes with what is kept of it. */
    public CompletionStage<Callback> take(HttpHeaders headers, String body) {
        Instant at = Instant.now();
        return behaviour.statusOfNext().thenApply(status -> keep(at, headers, body, status));
    }

    private Callback keep(Instant at, HttpHeaders headers, String body, int status) {
        String token = Json.read(body).path("token").asString("");
        return flows.keep(
                token,
                flow -> new Callback(at, headers, body, isGone(flow) ? 404 : status, said(flow, status)),
                () -> new Callback(at, headers, body, 404, ""));
    }

    private boolean isGone(Flow flow) {
        return behaviour.isExpired(flow.stateId());
    }

    private String said(Flow flow, int status) {
        if (isGone(flow)) {
            return "{\"message\":\"The state with ID " + flow.stateId() + " has now expired\"}";
        }
        if (status != 200) {
            return "";
        }
        return flows.isCompleted(flow) ? TOKEN_COMPLETED : behaviour.nextReply().orElse(SUCCESS);
    }

    /** The page on which a person re-joins the flow of this state. */
    Optional<URI> joinPage(String tenantId, String stateId) {
        boolean known = behaviour.hasJoinPage(stateId)
                && flows().stream()
                        .anyMatch(flow -> flow.stateId().equals(stateId)
                                && flow.tenantId().equals(tenantId));
        return known ? Optional.of(joinFlowUri(tenantId, stateId)) : Optional.empty();
    }

    /** What the state endpoint names as the way back. */
    public URI joinFlowUri(String tenantId, String stateId) {
        return URI.create(address + "/" + tenantId + "/play/flow?join=" + stateId);
    }
}
