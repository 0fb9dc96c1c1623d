package dev.flowmail.verification.e2e;

import dev.flowmail.servers.Command;
import dev.flowmail.servers.TemporalProcess;
import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who runs Flowmail, with Temporal's CLI and Flowmail's codec, as docs/operators.md sets them up. */
final class Operator {
    private static final Pattern DECISION = Pattern.compile("decision-[0-9a-f]{40}");

    private final FlowmailProcess flowmail;
    private final String temporal;

    /** Of a Flowmail with its embedded Temporal. */
    Operator(FlowmailProcess flowmail) {
        this(flowmail, flowmail.temporalAddress());
    }

    Operator(FlowmailProcess flowmail, String temporal) {
        this.flowmail = flowmail;
        this.temporal = temporal;
    }

    /** What the CLI said, and how it ended. */
    record Said(int status, String output) {}

    /** The id of a flow's decision, waited for: Temporal lists it when it gets to it. */
    String decision(Flow flow) {
        return found("FlowmailState = \"" + flow.stateId() + "\"");
    }

    /** The id of a request that asks nobody, waited for. */
    String decisionOfNoFlow() {
        return found("FlowmailState IS NULL");
    }

    private String found(String query) {
        String list = World.patiently()
                .until(
                        () -> run("workflow", "list", "--query", query).output(),
                        output -> DECISION.matcher(output).find());
        Matcher id = DECISION.matcher(list);
        return id.find() ? id.group() : "";
    }

    /** What Temporal knows of a decision's latest run. */
    JsonNode description(String decision) {
        return JsonMapper.shared()
                .readTree(run("workflow", "describe", "-w", decision, "--output", "json")
                        .output());
    }

    /** Where a decision stands. */
    JsonNode state(String decision) {
        String json = run("workflow", "query", "-w", decision, "--type", "state", "--output", "json")
                .output();
        return JsonMapper.shared().readTree(json).path("queryResult").path(0);
    }

    /** What Temporal's UI shows of a decision as its current details. */
    String details(String decision) {
        return run("workflow", "query", "-w", decision, "--type", "__temporal_workflow_metadata", "--output", "json")
                .output();
    }

    /** Waits until a decision's latest run has ended. */
    void awaitEnd(String decision) {
        World.patiently()
                .until(() -> !description(decision)
                        .path("workflowExecutionInfo")
                        .path("status")
                        .asString("")
                        .endsWith("RUNNING"));
    }

    /** Sends an update. */
    Said update(String decision, String name, String input) {
        return run("workflow", "update", "execute", "-w", decision, "--name", name, "--input", input);
    }

    /** What Temporal has of a decision's latest run, as it is: encrypted. */
    String history(String decision) {
        return run(false, "workflow", "show", "-w", decision, "--output", "json")
                .output();
    }

    Said run(String... arguments) {
        return run(flowmail.isAlive(), arguments);
    }

    private Said run(boolean decoded, String... arguments) {
        List<String> command = new ArrayList<>(List.of(TemporalProcess.cli().toString()));
        command.addAll(List.of(arguments));
        Command cli = new Command(command).with("TEMPORAL_ADDRESS", temporal);
        if (decoded) {
            cli.with("TEMPORAL_CODEC_ENDPOINT", flowmail.address("/codec").toString());
        }
        Command.Ended ended = cli.run();
        return new Said(ended.code(), ended.said());
    }
}
