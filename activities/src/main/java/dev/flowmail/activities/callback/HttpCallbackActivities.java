package dev.flowmail.activities.callback;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.flowmail.activities.flow.EngineInvokeResponse;
import dev.flowmail.activities.flow.EngineValue;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.flow.MObject;
import dev.flowmail.activities.flow.Property;
import dev.flowmail.activities.flow.ServiceResponse;
import dev.flowmail.activities.network.ConnectionFault;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.workflows.callback.CallbackActivities;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.LateAnswer.Answered;
import dev.flowmail.workflows.callback.LateAnswer.Fault;
import dev.flowmail.workflows.callback.LateAnswer.Outcome;
import dev.flowmail.workflows.callback.Reached;
import io.temporal.activity.Activity;
import io.temporal.failure.ApplicationFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Tells Flow over HTTP. An answer takes at most 30 s, and the question for the way back 2 s more; in an activity whose own
 * time is shorter both end before it does, so that an answer that Flow has taken is not taken for a failure.
 */
public final class HttpCallbackActivities implements CallbackActivities {

    private static final ContentType JSON = ContentType.create("application/json");
    private static final Duration ANSWER = Duration.ofSeconds(30);
    private static final Duration WAY_BACK = Duration.ofSeconds(2);
    private static final Duration RESERVE = Duration.ofMillis(100);
    private static final long LARGEST_REPLY = 64L * 1024;
    private static final long LARGEST_STATE = 1024L * 1024;

    /** What another attempt may change, though it is a 4xx. */
    private static final Set<Integer> WORTH_ANOTHER_ATTEMPT = Set.of(408, 409, 425, 429);

    private static final Pattern INVOKE_TYPE = Pattern.compile("[A-Za-z_]{1,40}");
    private static final Pattern STATE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    /** A host that was slow or failed is spared first tries for a while: a workflow task, and whoever clicked, waits. */
    private static final Duration SPARED = Duration.ofMinutes(1);

    private static final Duration SLOW = Duration.ofMillis(800);

    private final GuardedHttp http;
    private final FlowHosts hosts;
    private final Cache<String, Boolean> troubled =
            Caffeine.newBuilder().expireAfterWrite(SPARED).maximumSize(10_000).build();

    /**
     * A workflow task that meets a new event is done again, and a first try with it: Flow need not hear it twice.
     */
    private final Cache<Telling, Reached> told = Caffeine.newBuilder()
            .expireAfterWrite(Duration.ofMinutes(10))
            .maximumSize(10_000)
            .build();

    /** @param hosts where Flow is told and people are sent back to, and nowhere else */
    public HttpCallbackActivities(GuardedHttp http, FlowHosts hosts) {
        this.http = http;
        this.hosts = hosts;
    }

    @Override
    public Reached callBack(LateAnswer answer) {
        Telling telling = Telling.of(answer);
        Reached before = told.getIfPresent(telling);
        if (before != null) {
            return before;
        }
        Reached reached = tell(answer);
        told.put(telling, reached);
        return reached;
    }

    /** Which token Flow was told what for: an outcome's id or a fault's code. */
    private record Telling(
            String callbackUri,
            String tenantId,
            String token,
            @Nullable String what) {

        static Telling of(LateAnswer answer) {
            FlowReference flow = answer.flow();
            Outcome outcome = answer.outcome();
            Fault fault = answer.fault();
            String what = outcome != null ? outcome.id() : fault != null ? fault.code() : null;
            return new Telling(flow.callbackUri(), flow.tenantId(), flow.token(), what);
        }
    }

    private Reached tell(LateAnswer answer) {
        Budget budget = Budget.ofActivity();
        FlowReference flow = answer.flow();
        URI callback = WebAddress.parse(flow.callbackUri())
                .orElseThrow(() -> refused("The callbackUri is not an absolute http(s) address"));
        if (!hosts.contain(callback)) {
            throw refused("Flow was not told: " + hostOf(callback)
                    + " is not in FLOWMAIL_FLOW_HOSTS; add it there and retry the callback");
        }
        boolean firstTry = Activity.getExecutionContext().getInfo().isLocal();
        if (firstTry && troubled.getIfPresent(hostOf(callback)) != null) {
            throw unreachable(hostOf(callback) + " was slow or failed in the last minute; no first try is made");
        }
        long start = System.nanoTime();
        String invokeType = post(callback, answer, budget.atMost(ANSWER));
        if (System.nanoTime() - start > SLOW.toNanos()) {
            troubled.put(hostOf(callback), true);
        }
        return new Reached(invokeType, wayBack(callback, answer, budget));
    }

    private @Nullable String post(URI callback, LateAnswer answer, Duration limit) {
        FlowReference flow = answer.flow();
        HttpPost request = new HttpPost(callback);
        addHeaders(request, flow);
        request.setEntity(new ByteArrayEntity(FlowJson.mapper().writeValueAsBytes(body(answer)), JSON));
        try {
            return http.exchange(request, new Limits(limit, LARGEST_REPLY), (reply, body) -> {
                        requireSuccess(callback, reply.getCode());
                        return invokeType(body);
                    })
                    .orElse(null);
        } catch (AddressRefusedException refused) {
            throw refused("Flow was not told: " + refused.getMessage());
        } catch (IOException failure) {
            troubled.put(hostOf(callback), true);
            throw unreachable(hostOf(callback) + " could not be told: " + ConnectionFault.reason(failure));
        }
    }

    private void requireSuccess(URI callback, int status) {
        if (status >= 200 && status < 300) {
            return;
        }
        String sentence = hostOf(callback) + " answered " + status;
        troubled.put(hostOf(callback), true);
        throw status >= 400 && status < 500 && !WORTH_ANOTHER_ATTEMPT.contains(status)
                ? refused(sentence)
                : unreachable(sentence);
    }

    /** What the engine said; the answer is taken whatever it said, so nothing here can fail. */
    private static Optional<String> invokeType(InputStream body) {
        String said;
        try {
            said = new String(body.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException brokenOffOrTooLarge) {
            return Optional.empty();
        }
        String name = said.length() > 1 && said.startsWith("\"") && said.endsWith("\"")
                ? said.substring(1, said.length() - 1)
                : said;
        return Optional.of(name).filter(INVOKE_TYPE.asMatchPredicate());
    }

    private @Nullable String wayBack(URI callback, LateAnswer answer, Budget budget) {
        if (answer.answers().isEmpty() && answer.recipient() == null) {
            // nobody has come to be sent back
            return null;
        }
        return joinFlowUri(callback, answer.flow(), budget.atMost(WAY_BACK))
                .filter(hosts::contain)
                .or(() -> WebAddress.parse(answer.flow().joinPlayerUri()).filter(hosts::contain))
                .map(URI::toString)
                .orElse(null);
    }

    private Optional<URI> joinFlowUri(URI callback, FlowReference flow, Duration limit) {
        if (limit.isZero()
                || flow.stateId() == null
                || !STATE_ID.matcher(flow.stateId()).matches()) {
            return Optional.empty();
        }
        HttpGet request = new HttpGet(callback.resolve("/api/run/1/state/" + flow.stateId()));
        addHeaders(request, flow);
        try {
            return http.exchange(
                    request,
                    new Limits(limit, LARGEST_STATE),
                    (reply, body) -> reply.getCode() == 200 ? joinFlowUri(body) : Optional.empty());
        } catch (IOException | JacksonException noWayBack) {
            return Optional.empty();
        }
    }

    private static Optional<URI> joinFlowUri(InputStream body) {
        @Nullable EngineInvokeResponse state = FlowJson.mapper().readValue(body, EngineInvokeResponse.class);
        return state == null ? Optional.empty() : WebAddress.parse(state.joinFlowUri());
    }

    private static void addHeaders(HttpUriRequestBase request, FlowReference flow) {
        request.setHeader("Authorization", flow.who());
        request.setHeader("ManyWhoTenant", flow.tenantId());
    }

    private static ServiceResponse body(LateAnswer answer) {
        FlowReference flow = answer.flow();
        Outcome outcome = answer.outcome();
        Fault fault = answer.fault();
        List<EngineValue> outputs = List.of(
                EngineValue.text("Recipient", answer.recipient()),
                EngineValue.text("Outcome", outcome == null ? null : outcome.developerName()),
                EngineValue.text("Comment", answer.comment()),
                EngineValue.dateTime("Decided At", answer.decidedAt()),
                EngineValue.list("Answers", "Answer", objects(answer.answers())));
        if (outcome != null) {
            return ServiceResponse.outcome(flow.token(), flow.tenantId(), outcome.id(), outputs);
        }
        if (fault != null) {
            return ServiceResponse.fault(flow.token(), flow.tenantId(), fault.code(), fault.message(), outputs);
        }
        throw refused("The answer to Flow holds neither an outcome nor a fault");
    }

    private static List<MObject> objects(List<Answered> answers) {
        List<MObject> objects = new ArrayList<>();
        for (Answered answer : answers) {
            objects.add(MObject.of(
                    "Answer",
                    Integer.toString(objects.size() + 1),
                    List.of(
                            Property.text("Recipient", answer.recipient()),
                            Property.text("Outcome", answer.outcome()),
                            Property.text("Comment", answer.comment()),
                            Property.dateTime("Answered At", answer.answeredAt()))));
        }
        return objects;
    }

    private static String hostOf(URI callback) {
        return callback.getPort() < 0 ? callback.getHost() : callback.getHost() + ":" + callback.getPort();
    }

    private static ApplicationFailure refused(String sentence) {
        return ApplicationFailure.newNonRetryableFailure(sentence, FLOW_REFUSED);
    }

    private static ApplicationFailure unreachable(String sentence) {
        return ApplicationFailure.newFailure(sentence, FLOW_UNREACHABLE);
    }

    /** How long the activity may still take. */
    private record Budget(long end) {

        static Budget ofActivity() {
            Duration whole = Activity.getExecutionContext().getInfo().getStartToCloseTimeout();
            // zero: only the time with all attempts is limited
            Duration limit = whole.isZero() ? ANSWER.plus(WAY_BACK) : whole.minus(RESERVE);
            return new Budget(System.nanoTime() + limit.toNanos());
        }

        Duration atMost(Duration most) {
            Duration left = Duration.ofNanos(Math.max(0, end - System.nanoTime()));
            return left.compareTo(most) < 0 ? left : most;
        }
    }
}
