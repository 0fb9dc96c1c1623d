package dev.flowmail.verification.schedules;

import dev.flowmail.servers.Server;
import dev.flowmail.verification.schedules.Manners.OfFlow;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Flow's engine as one request meets it: it hears late answers, and knows for each whether its caller waited for the reply. */
final class FlowServer extends Server {
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
        RawHttp request = RawHttp.read(in);
        if (!request.isPost()) {
            RawHttp.reply(client, 200, "{\"joinFlowUri\":\"http://127.0.0.1:" + port() + "/play/flow\"}");
            return;
        }
        Instant at = Instant.now();
        OfFlow manner = next();
        LateAnswer heard = LateAnswer.of(request.body(), outcomes);
        journal.note("Flow is told " + heard.end() + ", and " + manner);
        String said = manner.takes ? take() : manner.said;
        whenTold.run();
        boolean waited = waits(client, in, manner.millis);
        told.add(heard.told(at, manner, waited && manner.status != 0));
        if (!waited) {
            journal.note("nobody waits for Flow's answer any more");
        } else if (manner.status != 0) {
            RawHttp.reply(client, manner.status, "\"" + said + "\"");
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
}
