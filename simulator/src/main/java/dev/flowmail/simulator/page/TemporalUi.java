package dev.flowmail.simulator.page;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.util.UriComponentsBuilder;
import tools.jackson.databind.JsonNode;

/** Temporal's UI, and where in it a flow's run is: found by the search attribute that holds Flow's state id. */
final class TemporalUi {
    private final URI address;
    private final RestClient http;

    TemporalUi(URI address) {
        this.address = address;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build());
        requests.setReadTimeout(Duration.ofSeconds(2));
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    /** The page of a decision's very workflow; the list with it while Temporal has not listed it yet. */
    URI workflow(String stateId) {
        return find("workflows", stateId)
                .map(list -> list.path("executions").path(0).path("execution"))
                .filter(run -> run.has("workflowId"))
                .map(run -> below("workflows/{id}/{run}")
                        .build(
                                run.path("workflowId").asString(""),
                                run.path("runId").asString("")))
                .orElseGet(() -> list("workflows", stateId));
    }

    /** The list with a plain mail's activity. */
    URI activity(String stateId) {
        return list("activities", stateId);
    }

    private URI list(String kind, String stateId) {
        return below(kind).queryParam("query", "{query}").build(query(stateId));
    }

    private Optional<JsonNode> find(String kind, String stateId) {
        URI list = UriComponentsBuilder.fromUri(address)
                .path("/api/v1/namespaces/default/" + kind)
                .queryParam("query", "{query}")
                .build(query(stateId));
        try {
            return Optional.ofNullable(http.get().uri(list).retrieve().body(JsonNode.class));
        } catch (RestClientException e) {
            return Optional.empty();
        }
    }

    private UriComponentsBuilder below(String path) {
        return UriComponentsBuilder.fromUri(address).path("/namespaces/default/" + path);
    }

    /** State ids are UUIDs, made by the engine: nothing to escape. */
    private static String query(String stateId) {
        return "FlowmailState=\"" + stateId + "\"";
    }
}
