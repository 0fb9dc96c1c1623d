package dev.flowmail.simulator.page;

import dev.flowmail.simulator.engine.Callback;
import dev.flowmail.simulator.engine.Flow;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;

/**
 * One message on the wire, exactly as it was.
 *
 * @param line what was called, or the status that came back
 * @param headers those that Flow's contract names
 * @param body the exact body
 */
record Exchange(String title, String line, Map<String, String> headers, String body) {

    /** Everything that went over the wire for a flow, in order. */
    static List<Exchange> of(Flow flow) {
        List<Exchange> all = new ArrayList<>();
        all.add(new Exchange(
                "Request",
                "POST /api/email/1/" + flow.action().path(),
                Map.of(HttpHeaders.AUTHORIZATION, flow.who().header()),
                flow.request()));
        if (flow.hasAnswer()) {
            all.add(new Exchange(
                    "Answer",
                    "HTTP " + flow.answered().status(),
                    Map.of(),
                    flow.answered().body()));
        }
        for (Callback callback : flow.callbacks()) {
            all.add(new Exchange(
                    "Callback",
                    "POST /api/run/1/response, answered with " + callback.status() + " " + callback.said(),
                    headers(callback),
                    callback.body()));
        }
        return all;
    }

    private static Map<String, String> headers(Callback callback) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : List.of(HttpHeaders.AUTHORIZATION, "ManyWhoTenant")) {
            String value = callback.headers().getFirst(name);
            if (value != null) {
                headers.put(name, value);
            }
        }
        return headers;
    }
}
