package dev.flowmail.api.nexus;

import dev.flowmail.activities.flow.Culture;
import dev.flowmail.activities.flow.EngineValue;
import dev.flowmail.activities.flow.MObject;
import dev.flowmail.activities.flow.Outcome;
import dev.flowmail.activities.flow.Property;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.api.problems.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says in the words of Flow's action what a workflow asks for, so that one set of rules holds for both. */
final class ApprovalInputs {
    /** What may stand in clear in a search attribute. */
    private static final Pattern TENANT = Pattern.compile("[A-Za-z0-9._-]{1,100}");

    private static final int LONGEST_KEY = 4_000;
    private static final int LONGEST_NAME = 100;

    private ApprovalInputs() {}

    /** @param key what repeats have in common where the request names nothing */
    static ServiceRequest of(ApprovalRequest request, String tenant, String key) {
        requireKnown(request);
        return new ServiceRequest(
                null,
                null,
                null,
                inputs(request),
                outcomes(present(request.outcomes())),
                key(request).orElse(key),
                tenant,
                null,
                null,
                culture(request.culture()),
                null,
                List.of());
    }

    /** @param namespace the caller's; null when it is not known */
    static String tenant(ApprovalRequest request, @Nullable String namespace) {
        String tenant = request.tenant();
        if (tenant == null || tenant.isBlank()) {
            return namespace != null && TENANT.matcher(namespace).matches() ? namespace : "nexus";
        }
        if (!TENANT.matcher(tenant).matches()) {
            throw ProblemException.badInput("tenant must be 1 to 100 letters, digits, dots, hyphens or underscores.");
        }
        return tenant;
    }

    private static Optional<String> key(ApprovalRequest request) {
        Optional<String> key = Optional.ofNullable(request.key()).filter(given -> !given.isBlank());
        if (key.filter(given -> given.length() > LONGEST_KEY).isPresent()) {
            throw ProblemException.badInput("key is longer than " + LONGEST_KEY + " characters.");
        }
        return key;
    }

    private static void requireKnown(ApprovalRequest request) {
        Map<String, @Nullable Object> unknown = request.unknown();
        if (unknown != null && !unknown.isEmpty()) {
            String name = unknown.keySet().iterator().next();
            throw ProblemException.badInput((name.matches("\\w{1," + LONGEST_NAME + "}") ? name : "A field")
                    + " is not a field of the request: correct its name, or leave it out.");
        }
    }

    private static List<EngineValue> inputs(ApprovalRequest request) {
        List<EngineValue> inputs = new ArrayList<>();
        inputs.add(EngineValue.list("To", "Contact", contacts(present(request.to()))));
        inputs.add(EngineValue.list(
                "From", "Contact", contacts(request.from() == null ? List.of() : List.of(request.from()))));
        inputs.add(EngineValue.text("Reply To", request.replyTo()));
        inputs.add(EngineValue.text("Subject", request.subject()));
        inputs.add(EngineValue.text("Body", request.text()));
        inputs.add(EngineValue.text("HTML Body", request.html()));
        inputs.add(EngineValue.text("Hidden Outcomes", joined(request.hiddenOutcomes())));
        inputs.add(EngineValue.text("Timeout", request.timeout()));
        inputs.add(EngineValue.text("Timeout Outcome", request.timeoutOutcome()));
        inputs.add(EngineValue.text("Remind Every", request.remindEvery()));
        inputs.add(EngineValue.text("Answers Needed", request.answersNeeded()));
        inputs.add(EngineValue.text("Veto Outcome", request.vetoOutcome()));
        inputs.add(EngineValue.text("Comments", request.comments()));
        inputs.add(EngineValue.text("Confirmation", request.confirmation()));
        inputs.add(EngineValue.text("Proof", joined(request.proof())));
        inputs.add(EngineValue.text("Hold", request.hold()));
        inputs.add(EngineValue.text("Requester", request.requester()));
        inputs.add(EngineValue.text("Time Zone", request.timeZone()));
        // there is no flow to go on to
        inputs.add(EngineValue.text("After Answer", "page"));
        return inputs;
    }

    private static List<MObject> contacts(List<String> addresses) {
        return addresses.stream()
                .map(address -> MObject.of("Contact", "", List.of(Property.text("Email", address))))
                .toList();
    }

    private static List<Outcome> outcomes(List<ApprovalRequest.Outcome> given) {
        List<Outcome> outcomes = new ArrayList<>();
        for (ApprovalRequest.Outcome outcome : given) {
            int place = outcomes.size() + 1;
            String name = outcome.name();
            if (name == null || name.isBlank()) {
                throw ProblemException.badInput("outcomes, outcome " + place + " has no name.");
            }
            outcomes.add(new Outcome(name, name, outcome.label(), place, outcome.type(), attributes(outcome)));
        }
        return outcomes;
    }

    private static Map<String, @Nullable Object> attributes(ApprovalRequest.Outcome outcome) {
        return outcome.type() == null ? Map.of() : Map.of("type", outcome.type());
    }

    private static @Nullable Culture culture(@Nullable String tag) {
        return tag == null ? null : new Culture(null, null, null, null, tag, null, null, Map.of());
    }

    private static @Nullable String joined(@Nullable List<String> names) {
        return names == null ? null : String.join(";", present(names));
    }

    /** What a list holds: none is an empty one, and null in it is nothing. */
    private static <T> List<T> present(@Nullable List<T> list) {
        return list == null ? List.of() : list.stream().filter(Objects::nonNull).toList();
    }
}
