package dev.flowmail.verification.drill;

import dev.flowmail.servers.TemporalServer;
import dev.flowmail.simulator.engine.FlowEngine;
import dev.flowmail.verification.drill.Relay.Trouble;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * All that goes wrong in a drill.
 *
 * @param notPlayed what cannot go wrong on this machine, and why
 */
record Faults(List<Fault> all, List<String> notPlayed) {
    /** As container runtimes do, what does not end is killed; sooner than by docker-compose.yml, so that it happens. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    static Faults of(
            List<FlowmailProcess> replicas,
            TemporalServer temporal,
            Relay smtp,
            Relay flow,
            Relay s3,
            FlowEngine engine,
            Disk disk) {
        List<Fault> faults = new ArrayList<>();
        List<String> notPlayed = new ArrayList<>();
        for (FlowmailProcess replica : replicas) {
            faults.add(new Fault("a Flowmail killed (kill -9)", replica, replica::kill, replica::launch));
            faults.add(stops(replica));
        }
        faults.add(travels(replicas.get(0)));
        faults.add(new Fault("Temporal killed (kill -9)", temporal, temporal::kill, temporal::start));
        for (Trouble trouble : List.of(Trouble.REFUSE, Trouble.HANG, Trouble.DROP)) {
            faults.add(trouble("the mail server", smtp, trouble));
            faults.add(trouble("Flow", flow, trouble));
            faults.add(trouble("the S3 server", s3, trouble));
        }
        faults.add(trouble("Flow", flow, Trouble.SLOW));
        faults.add(new Fault(
                "Flow answers 500",
                flow,
                () -> engine.behaviour().refuseCallbacks(500, Integer.MAX_VALUE),
                engine.behaviour()::recover));
        if (disk.canBeFilled()) {
            // its database lies there: it could not start again meanwhile
            faults.add(new Fault("the disk is full", temporal, disk::fill, disk::free));
        } else {
            notPlayed.add("the disk is full: only root may mount a small disk");
        }
        return new Faults(faults, notPlayed);
    }

    private static Fault trouble(String what, Relay relay, Trouble trouble) {
        String does = switch (trouble) {
            case REFUSE -> "refuses connections";
            case HANG -> "hangs";
            case SLOW -> "is slow";
            default -> "drops connections";
        };
        return new Fault(what + " " + does, relay, () -> relay.set(trouble), () -> relay.set(Trouble.NONE));
    }

    private static Fault stops(FlowmailProcess replica) {
        return new Fault("a Flowmail stopped (SIGTERM)", replica, replica::askToEnd, () -> {
            replica.endWithin(GRACE);
            replica.launch();
        });
    }

    private static Fault travels(FlowmailProcess replica) {
        return new Fault(
                "a Flowmail killed, then started in another time zone",
                replica,
                replica::kill,
                () -> replica.launchIn("Pacific/Auckland"));
    }
}
