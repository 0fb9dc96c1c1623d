package dev.flowmail.verification.schedules;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.flowmail.verification.schedules.Manners.OfFlow;
import dev.flowmail.verification.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Flow's engine as one request meets it: it hears late answers, and knows for each whether its caller waited for the reply. */
final class FlowServer extends Server {
    private static final int LONGEST_HEAD = 64 * 1024;

    private final List<OfFlow> manners;
    private final Map<String, String> outcomes;
    private final Journal journal;
    private final Runnable whenTold;
    private final List<Told> told = new CopyOnWriteArrayList<>();
    private int calls;
    private boolean completed;

    /**
     * @param outcomes names by id
     * @param whenTold called as each answer arrives; must not block
     */
    FlowServer(List<OfFlow> manners, Map<String, String> outcomes, Journal journal, Runnable whenTold) {
        this.manners = manners;
        this.outcomes = outcomes;
        this.journal = journal;
        this.whenTold = whenTold;
    }

    /** What it has answered, or given up answering. */
    List<Told> told() {
        return told;
    }

    @Override
    protected void serve(Socket client) throws IOException {
        InputStream in = client.getInputStream();
        String head = head(in);
        if (!head.startsWith("POST ")) {
            reply(client, 200, "{\"joinFlowUri\":\"http://127.0.0.1:" + port() + "/play/flow\"}");
            return;
        }
        String body = new String(in.readNBytes(length(head)), UTF_8);
        Instant at = Instant.now();
        OfFlow manner = next();
        Told heard = read(at, body, manner);
        journal.note("Flow is told " + heard.end() + ", and " + manner);
        String said = manner.takes ? take() : manner.said;
        whenTold.run();
        boolean waited = waits(client, in, manner.millis);
        told.add(new Told(
                at,
                heard.content(),
                heard.end(),
                heard.isFault(),
                heard.answers(),
                heard.hasReceipt(),
                manner,
                waited && manner.status != 0));
        if (!waited) {
            journal.note("nobody waits for Flow's answer any more");
        } else if (manner.status != 0) {
            reply(client, manner.status, "\"" + said + "\"");
        }
    }

    private synchronized OfFlow next() {
        OfFlow manner = calls < manners.size() ? manners.get(calls) : OfFlow.TAKES;
        calls++;
        return manner;
    }

    /** A token is good for one answer. */
    private synchronized String take() {
        String said = completed ? "TOKEN_COMPLETED" : "FORWARD";
        completed = true;
        return said;
    }

    private Told read(Instant at, String body, OfFlow manner) {
        JsonNode json = JsonMapper.shared().readTree(body);
        String outcome = json.path("selectedOutcomeId").asString("");
        List<String> faults = new ArrayList<>(json.path("rootFaults").propertyNames());
        String end = outcome.isEmpty() ? String.join(",", faults) : outcomes.getOrDefault(outcome, outcome);
        String content = outcome + json.path("rootFaults") + json.path("outputs");
        return new Told(at, content, end, outcome.isEmpty(), answers(json), hasReceipt(json), manner, false);
    }

    private static boolean hasReceipt(JsonNode json) {
        return json.path("outputs")
                .valueStream()
                .filter(output -> output.path("developerName").asString("").equals("Receipt"))
                .anyMatch(output -> output.path("contentValue").asString("").startsWith("ey"));
    }

    private static List<String> answers(JsonNode json) {
        return json.path("outputs")
                .valueStream()
                .filter(output -> output.path("developerName").asString("").equals("Answers"))
                .flatMap(output -> output.path("objectData").valueStream())
                .map(answer -> property(answer, "Recipient") + "=" + property(answer, "Outcome"))
                .toList();
    }

    private static String property(JsonNode object, String name) {
        return object.path("properties")
                .valueStream()
                .filter(property -> property.path("developerName").asString("").equals(name))
                .map(property -> property.path("contentValue").asString(""))
                .findFirst()
                .orElse("");
    }

    /** Takes so long, unless the client hangs up before. */
    private static boolean waits(Socket client, InputStream in, int millis) throws IOException {
        if (millis == 0) {
            return true;
        }
        client.setSoTimeout(millis);
        try {
            return in.read() >= 0;
        } catch (SocketTimeoutException stillThere) {
            return true;
        } catch (IOException reset) {
            return false;
        }
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0 || head.length() > LONGEST_HEAD) {
                throw new IOException("There is no request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static int length(String head) throws IOException {
        return head.lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .map(line ->
                        Integer.valueOf(line.substring(line.indexOf(':') + 1).strip()))
                .findFirst()
                .orElseThrow(() -> new IOException("A callback does not say how long it is"));
    }

    private static void reply(Socket client, int status, String body) throws IOException {
        String reply =
                "HTTP/1.1 " + status + " \r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                        + body.length() + "\r\n\r\n" + body;
        client.getOutputStream().write(reply.getBytes(ISO_8859_1));
        client.getOutputStream().flush();
    }
}
