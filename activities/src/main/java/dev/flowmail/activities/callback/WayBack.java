package dev.flowmail.activities.callback;

import dev.flowmail.activities.flow.EngineInvokeResponse;
import dev.flowmail.activities.flow.FlowJson;
import dev.flowmail.activities.network.FlowHosts;
import dev.flowmail.activities.network.GuardedHttp;
import dev.flowmail.activities.network.GuardedHttp.Limits;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.workflows.callback.FlowReference;
import dev.flowmail.workflows.callback.LateAnswer;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Where the person who answered goes on: what the engine names, else what the request named. */
final class WayBack {
    private static final long LARGEST_STATE = 1024L * 1024;
    private static final Pattern STATE_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");

    private final GuardedHttp http;
    private final FlowHosts hosts;

    WayBack(GuardedHttp http, FlowHosts hosts) {
        this.http = http;
        this.hosts = hosts;
    }

    /** Null when there is none, or nobody has come to be sent back. */
    @Nullable
    String after(LateAnswer answer, URI callback, Duration limit) {
        if (answer.answers().isEmpty() && answer.recipient() == null) {
            return null;
        }
        return joinFlowUri(callback, answer.flow(), limit)
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
        Engine.addHeaders(request, flow);
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
}
