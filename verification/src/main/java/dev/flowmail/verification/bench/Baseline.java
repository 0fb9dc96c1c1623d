package dev.flowmail.verification.bench;

import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.verification.programs.FlowmailProcess;
import dev.flowmail.verification.programs.Keys;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Another version of Flowmail, with a Temporal of its own: two versions on one would take each other's tasks. */
final class Baseline implements AutoCloseable {
    private final TemporalProcess temporal;
    private final FlowmailProcess flowmail;
    private final Part client;
    private final HistoryReader reader = new HistoryReader();
    private final FlowmailContender contender;

    /** Starts it, which takes a while. */
    Baseline(Path program, Path data, Path logs, int smtpPort, int enginePort) {
        temporal = new TemporalProcess("baseline-temporal", data.resolve("baseline.db"), logs);
        flowmail =
                new FlowmailProcess("baseline", data.resolve("baseline"), logs, settings(program, temporal), program);
        temporal.start();
        flowmail.start();
        contender = new FlowmailContender(Side.BASELINE, flowmail, temporal::processes, smtpPort, enginePort);
        client = new Part("client", temporal.address(), logs.resolve("baseline-client.log"), reader::note);
    }

    private static Map<String, String> settings(Path program, TemporalProcess temporal) {
        Map<String, String> settings = new HashMap<>(Keys.freshFor(program));
        settings.put("TEMPORAL_ADDRESS", temporal.address());
        return settings;
    }

    FlowmailContender contender() {
        return contender;
    }

    List<int[]> histories(String type, long sinceSeconds) {
        return reader.read(client, type, sinceSeconds);
    }

    @Override
    public void close() {
        client.close();
        flowmail.close();
        temporal.close();
    }
}
