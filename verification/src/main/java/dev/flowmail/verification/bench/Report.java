package dev.flowmail.verification.bench;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What was measured, for people and for programs. */
final class Report {
    private final Outcome outcome;

    Report(Outcome outcome) {
        this.outcome = outcome;
    }

    String table() {
        StringBuilder table = new StringBuilder("\n" + Figure.header() + "\n");
        outcome.figures().all().forEach(figure -> table.append(figure.row()).append('\n'));
        if (!outcome.growth().isEmpty()) {
            table.append(Growth.table(outcome.growth()));
        }
        if (!outcome.waiting().isEmpty()) {
            table.append(Waiting.table(outcome.waiting()));
        }
        table.append(String.format(
                Locale.ROOT,
                "%nThe stand-ins alone: %.0f mails/s, %.0f callbacks/s. A request has %d bytes. Load of the machine:"
                        + " %s; other programs' part of it in each round: %s.%n",
                outcome.ceilingOfMails(),
                outcome.ceilingOfCallbacks(),
                outcome.requestBytes(),
                outcome.loads(),
                outcome.otherLoads().stream()
                        .map(share -> String.format(Locale.ROOT, "%.0f %%", 100 * share))
                        .collect(Collectors.joining(", "))));
        outcome.noise()
                .forEach(noise -> table.append("TOO NOISY: ").append(noise).append('\n'));
        outcome.failures().stream()
                .distinct()
                .forEach(failure -> table.append("FAILED: ").append(failure).append('\n'));
        return table.toString();
    }

    String json() {
        JsonMapper mapper = JsonMapper.builder().build();
        ObjectNode report = mapper.createObjectNode();
        report.put("at", Instant.now().toString());
        ObjectNode machine = report.putObject("machine")
                .put("cores", Runtime.getRuntime().availableProcessors())
                .put("java", Runtime.version().toString())
                .put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        machine.set("loadAfterEachRound", numbers(mapper, outcome.loads()));
        machine.set("othersShareOfEachRound", numbers(mapper, outcome.otherLoads()));
        Bench.Options options = outcome.options();
        report.putObject("options")
                .put("seconds", options.length().toSeconds())
                .put("rounds", options.rounds())
                .put("concurrency", options.callers())
                .put("warmUp", options.warmUp())
                .put("burst", options.burst())
                .put("flood", options.flood())
                .put("parked", options.parked())
                .put("replicas", options.replicas())
                .put("share", options.share())
                .put("temporal", options.temporal().orElse(options.own().words()))
                .put("baseline", options.baseline().map(Path::toString).orElse("none"));
        report.putObject("standIns")
                .put("mailsPerSecond", outcome.ceilingOfMails())
                .put("callbacksPerSecond", outcome.ceilingOfCallbacks());
        report.put("clicksConfirmedLater", outcome.clicksConfirmedLater());
        report.put("requestBytes", outcome.requestBytes());
        ArrayNode figures = report.putArray("figures");
        for (Figure figure : outcome.figures().all()) {
            ObjectNode one = figures.addObject().put("name", figure.name()).put("unit", figure.unit());
            one.put("flowmail", Figure.median(figure.of(Side.FLOWMAIL)));
            one.put("spread", figure.spread(Side.FLOWMAIL));
            if (!figure.of(Side.BARE).isEmpty()) {
                one.put("bare", Figure.median(figure.of(Side.BARE)));
            }
            if (!figure.of(Side.BASELINE).isEmpty()) {
                one.put("baseline", Figure.median(figure.of(Side.BASELINE)));
                one.set("baselineRounds", numbers(mapper, figure.of(Side.BASELINE)));
            }
            figure.compared().ifPresent(value -> one.put("compared", value));
            figure.goal().ifPresent(goal -> one.put("goal", goal.words()));
            figure.isMet().ifPresent(met -> one.put("met", met));
            one.set("flowmailRounds", numbers(mapper, figure.of(Side.FLOWMAIL)));
            one.set("bareRounds", numbers(mapper, figure.of(Side.BARE)));
        }
        ArrayNode growth = report.putArray("growth");
        outcome.growth()
                .forEach(step -> growth.addObject()
                        .put("replicas", step.replicas())
                        .put("callers", step.callers())
                        .put("decisionsPerSecond", step.perSecond())
                        .put("cpuMillis", step.cpuMillis())
                        .put("serverCpuMillis", step.serverCpuMillis())
                        .put("clickMillis", step.clickMillis()));
        ArrayNode waiting = report.putArray("waiting");
        outcome.waiting()
                .forEach(step -> waiting.addObject()
                        .put("requests", step.requests())
                        .put("residentMegabytes", step.memory().resident())
                        .put("heapMegabytes", step.memory().heap())
                        .put("clickMillis", step.clickMillis())
                        .put("startSeconds", step.startSeconds())
                        .put("doctorSeconds", step.doctorSeconds())
                        .put("listMillis", step.listMillis()));
        ArrayNode noise = report.putArray("noise");
        outcome.noise().forEach(noise::add);
        ArrayNode failures = report.putArray("failures");
        outcome.failures().forEach(failures::add);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(report);
    }

    private static ArrayNode numbers(JsonMapper mapper, List<Double> values) {
        ArrayNode array = mapper.createArrayNode();
        values.forEach(array::add);
        return array;
    }
}
