package dev.flowmail.simulator.engine;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private final Map<String, Flow> flows = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Queue<CompletableFuture<Integer>> hanging = new ArrayDeque<>();
    private final Queue<String> replies = new ArrayDeque<>();
    private final Set<String> expired = new HashSet<>();
    private final List<Set<String>> elements = new ArrayList<>();
    private int trouble;
    private int troubleLeft;
    private boolean joinPageKnown = true;

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
        listeners.add(listener);
    }

    /** A request as a new flow would send it: all but the inputs and outcomes is there. */
    public ServiceRequest request(Action action) {
        String state = UUID.randomUUID().toString();
        ObjectNode body = Json.object();
        body.put("joinPlayerUri", address + "/" + TENANT + "/play/default?join=" + state);
        body.put("playerUri", address + "/" + TENANT + "/play/default?flow-id=6b987fed-ffda-4b92-842b-a0010b3cac0c");
        body.put("platformUri", address.toString());
        body.put("uri", "https://service.example.com/api/email/1/" + action.path());
        body.putArray("inputs");
        body.putArray("outcomes");
        body.put("token", UUID.randomUUID().toString());
        body.put("tenantId", TENANT);
        body.put("stateId", state);
        body.put("callbackUri", callbackUri());
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
        return new ServiceRequest(action, body, USER).mailServer("127.0.0.1", smtpPort, "plain");
    }

    /** A recorded request, to be sent as it is but to this engine's mail server and with answers to this engine. */
    public ServiceRequest recorded(Action action, String json) {
        return new ServiceRequest(action, (ObjectNode) Json.read(json), USER)
                .member("callbackUri", callbackUri())
                .mailServer("127.0.0.1", smtpPort, "plain");
    }

    /** Where this engine takes late answers. */
    public String callbackUri() {
        return address + "/api/run/1/response";
    }

    /** Sends a request and keeps its flow; returns it as it stands after Flowmail's answer. */
    public Flow send(Connector connector, ServiceRequest request) {
        return post(connector, begin(request));
    }

    /** Keeps the flow of a request that is yet to be sent. */
    public Flow begin(ServiceRequest request) {
        Flow flow = request.start();
        flows.put(flow.token(), flow);
        listeners.forEach(Runnable::run);
        return flow;
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
        List<Flow> flows = requests.stream()
                .map(request -> begin(request.member("stateId", state)))
                .toList();
        synchronized (this.flows) {
            elements.add(flows.stream().map(Flow::token).collect(Collectors.toUnmodifiableSet()));
        }
        return flows.stream().map(flow -> post(connector, flow)).toList();
    }

    private Flow post(Connector connector, Flow flow) {
        try {
            Answer answer = connector.post(flow.action().path(), flow.request(), flow.who());
            return change(flow.token(), now -> now.with(answer));
        } catch (ResourceAccessException e) {
            change(flow.token(), now -> now.with(Answer.none("Flowmail did not answer: " + e.getMessage())));
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
        return required(flows.get(token));
    }

    /** The flow of a state as it stands now. */
    public Optional<Flow> flowOfState(String stateId) {
        return flows().stream().filter(flow -> flow.stateId().equals(stateId)).findFirst();
    }

    /** All flows as they stand now, oldest first. */
    public List<Flow> flows() {
        synchronized (flows) {
            return new ArrayList<>(flows.values());
        }
    }

    /** Answers the next late answers with a status of one's own, and takes none of them. */
    public synchronized void refuseCallbacks(int status, int times) {
        trouble = status;
        troubleLeft = times;
    }

    /** What is said to the next late answers: {@code BUSY}, {@code WAIT} or {@code NOT_ALLOWED}, each with status 200. */
    public synchronized void reply(String... words) {
        Stream.of(words).map(word -> "\"" + word + "\"").forEach(replies::add);
    }

    /** A state after its idle time: it takes no late answer any more and leads nowhere. */
    public synchronized void expire(String stateId) {
        expired.add(stateId);
    }

    /** Leaves late answers without a reply until {@link #recover()}. */
    public synchronized void hangOnCallbacks() {
        refuseCallbacks(0, Integer.MAX_VALUE);
    }

    /** Whether the engine knows its flows' join pages: without, the state endpoint answers 404. */
    public synchronized void knowJoinPages(boolean known) {
        joinPageKnown = known;
    }

    /** Whether a late answer is being left without a reply. */
    public synchronized boolean isHanging() {
        return !hanging.isEmpty();
    }

    /** Ends every trouble. */
    public synchronized void recover() {
        troubleLeft = 0;
        replies.clear();
        joinPageKnown = true;
        hanging.forEach(waiting -> waiting.complete(503));
        hanging.clear();
    }

    /** Takes a late answer; completes with what is kept of it. */
    public CompletionStage<Callback> take(HttpHeaders headers, String body) {
        Instant at = Instant.now();
        return troubleWithNext().thenApply(status -> keep(at, headers, body, status));
    }

    private synchronized CompletableFuture<Integer> troubleWithNext() {
        if (troubleLeft == 0) {
            return CompletableFuture.completedFuture(200);
        }
        troubleLeft--;
        if (trouble != 0) {
            return CompletableFuture.completedFuture(trouble);
        }
        CompletableFuture<Integer> waiting = new CompletableFuture<>();
        hanging.add(waiting);
        return waiting;
    }

    private Callback keep(Instant at, HttpHeaders headers, String body, int status) {
        String token = Json.read(body).path("token").asString("");
        Callback callback;
        synchronized (flows) {
            Flow flow = flows.get(token);
            if (flow == null) {
                return new Callback(at, headers, body, 404, "");
            }
            callback = isExpired(flow.stateId())
                    ? new Callback(
                            at,
                            headers,
                            body,
                            404,
                            "{\"message\":\"The state with ID " + flow.stateId() + " has now expired\"}")
                    : new Callback(at, headers, body, status, status == 200 ? said(flow) : "");
            flows.put(token, flow.with(callback));
        }
        listeners.forEach(Runnable::run);
        return callback;
    }

    private String said(Flow flow) {
        boolean completed = flow.lateAnswer().isPresent()
                || elements.stream()
                        .filter(element -> element.contains(flow.token()))
                        .flatMap(Set::stream)
                        .anyMatch(token -> flow(token).lateAnswer().isPresent());
        return completed ? TOKEN_COMPLETED : nextReply().orElse(SUCCESS);
    }

    private synchronized Optional<String> nextReply() {
        return Optional.ofNullable(replies.poll());
    }

    private synchronized boolean isExpired(String stateId) {
        return expired.contains(stateId);
    }

    /** The page on which a person re-joins the flow of this state. */
    Optional<URI> joinPage(String tenantId, String stateId) {
        boolean known = hasJoinPage(stateId)
                && flows().stream()
                        .anyMatch(flow -> flow.stateId().equals(stateId)
                                && flow.tenantId().equals(tenantId));
        return known ? Optional.of(joinFlowUri(tenantId, stateId)) : Optional.empty();
    }

    private synchronized boolean hasJoinPage(String stateId) {
        return joinPageKnown && !expired.contains(stateId);
    }

    /** What the state endpoint names as the way back. */
    public URI joinFlowUri(String tenantId, String stateId) {
        return URI.create(address + "/" + tenantId + "/play/flow?join=" + stateId);
    }

    private Flow change(String token, UnaryOperator<Flow> change) {
        Flow changed;
        synchronized (flows) {
            changed = change.apply(required(flows.get(token)));
            flows.put(token, changed);
        }
        listeners.forEach(Runnable::run);
        return changed;
    }

    private static Flow required(@Nullable Flow flow) {
        if (flow == null) {
            throw new IllegalArgumentException("No flow has this token");
        }
        return flow;
    }
}
