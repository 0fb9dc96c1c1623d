package dev.flowmail.api.commands;

import dev.flowmail.api.temporal.NexusTarget;
import dev.flowmail.api.temporal.TemporalFacts;
import dev.flowmail.api.temporal.TemporalFacts.Namespace;
import java.lang.module.ModuleDescriptor.Version;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Whether a Temporal server that answers has what Flowmail needs: version, namespace, retention, search attributes, Nexus endpoint. */
final class TemporalFactsCheck {

    /** The first with standalone activities, by which plain mails are sent. */
    private static final String OLDEST = "1.32";

    private static final Duration SHORT_RETENTION = Duration.ofDays(7);
    private static final Pattern VERSION = Pattern.compile("^v?(\\d+\\.\\d+(?:\\.\\d+)?).*");

    private final String namespace;
    private final boolean isEmbedded;
    private final Report report;

    TemporalFactsCheck(String namespace, boolean isEmbedded, Report report) {
        this.namespace = namespace;
        this.isEmbedded = isEmbedded;
        this.report = report;
    }

    void judge(TemporalFacts facts) {
        checkVersion(facts.version());
        if (facts.namespace().isEmpty()) {
            report.finding(
                    "There is no namespace " + namespace + ".",
                    "Correct TEMPORAL_NAMESPACE; or make it: temporal operator namespace create --namespace "
                            + namespace + " --retention 30d");
            return;
        }
        Namespace found = facts.namespace().get();
        checkRetention(found.retention());
        if (!found.standaloneActivities()) {
            report.finding(
                    "The namespace has no standalone activities, by which plain mails are sent.",
                    "Upgrade the server to " + OLDEST + " or newer, and do not switch them off.");
        }
        checkAttributes(found.missingAttributes());
        found.nexus().ifPresent(this::checkNexus);
    }

    private void checkVersion(String version) {
        Matcher number = VERSION.matcher(version);
        if (!number.matches()) {
            report.warning(
                    "It answers, but does not tell its version.", "Make sure that it is " + OLDEST + " or newer.");
        } else if (Version.parse(number.group(1)).compareTo(Version.parse(OLDEST)) < 0) {
            report.finding("Its version is " + version + ".", "Upgrade it to " + OLDEST + " or newer.");
        } else {
            report.fine("It answers; its version is " + version + ".");
        }
    }

    private void checkRetention(Duration retention) {
        String what = "It keeps closed runs for " + describe(retention);
        if (retention.compareTo(SHORT_RETENTION) < 0) {
            report.warning(
                    what + " only (retention). After that a link no longer tells what was decided, and a request that"
                            + " Flow repeats is mailed again.",
                    "temporal operator namespace update --namespace " + namespace + " --retention 30d");
        } else {
            report.fine(what + " (retention).");
        }
    }

    private static String describe(Duration retention) {
        long hours = retention.toHours();
        return hours > 48 && hours % 24 == 0 ? hours / 24 + " days" : hours + " hours";
    }

    private void checkAttributes(@Nullable Map<String, String> missing) {
        if (missing == null) {
            report.warning(
                    "It does not tell which search attributes there are.",
                    "Flowmail's log says at its start which ones it misses.");
        } else if (missing.isEmpty()) {
            report.fine("The search attributes are registered.");
        } else {
            report.warning(
                    "The search attributes " + String.join(", ", missing.keySet()) + " are not registered (yet).",
                    "Flowmail does it at its start where the server lets it. Else: temporal operator search-attribute"
                            + " create --namespace " + namespace + " "
                            + missing.entrySet().stream()
                                    .map(attribute ->
                                            "--name " + attribute.getKey() + " --type " + attribute.getValue())
                                    .collect(Collectors.joining(" ")));
        }
    }

    private void checkNexus(NexusTarget target) {
        switch (target.lead()) {
            case HERE -> report.fine(target.description());
            case UNKNOWN -> report.warning(target.description(), target.remedy());
            case NOWHERE -> {
                if (isEmbedded) {
                    report.warning(target.description(), "Flowmail makes it at its next start.");
                } else {
                    report.finding(target.description(), target.remedy());
                }
            }
            case ELSEWHERE -> report.finding(target.description(), target.remedy());
        }
    }
}
