package dev.flowmail.api.actions;

import dev.flowmail.activities.attachments.Tenants;
import dev.flowmail.activities.flow.ServiceRequest;
import dev.flowmail.activities.flow.Who;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.callback.FlowReference;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who asks: the ids by which Flow knows its running flow. */
final class FlowIds {
    // UUIDs today; they travel in headers and search attributes
    private static final Pattern ID = Pattern.compile("[!-~]{1,200}");
    private static final int LONGEST_TOKEN = 4_000;

    private FlowIds() {}

    /** @throws ProblemException 400 for ids that are there but cannot be Flow's */
    static void check(ServiceRequest request) {
        check("tenantId", request.tenantId());
        check("stateId", request.stateId());
        if (request.token() != null && request.token().length() > LONGEST_TOKEN) {
            throw ProblemException.badInput("token is longer than " + LONGEST_TOKEN + " characters.");
        }
    }

    /** Where the late answer goes: all of it must be there. */
    static FlowReference reference(ServiceRequest request, List<String> authorization, WebAddresses addresses) {
        String tenantId = required("tenantId", request.tenantId());
        return new FlowReference(
                tenantId,
                present(request.stateId()).orElse(null),
                required("token", request.token()),
                addresses.checkCallback(required("callbackUri", request.callbackUri())),
                WebAddress.parse(request.joinPlayerUri()).map(URI::toString).orElse(null),
                Who.toEcho(authorization, tenantId));
    }

    /** Whose uploads a request may use. */
    static Tenants tenants(ServiceRequest request, List<String> authorization) {
        return Tenants.of(Stream.concat(Stream.ofNullable(request.tenantId()), Who.tenantId(authorization).stream()));
    }

    static Optional<String> present(@Nullable String text) {
        return Optional.ofNullable(text).filter(value -> !value.isBlank());
    }

    private static String required(String name, @Nullable String value) {
        return present(value)
                .orElseThrow(() -> ProblemException.badInput(
                        name + " is missing: a decision request with outcomes cannot be answered without it."));
    }

    private static void check(String name, @Nullable String id) {
        if (present(id).isPresent() && !ID.matcher(id).matches()) {
            throw ProblemException.badInput(name + " must be at most 200 visible ASCII characters, e.g. a UUID.");
        }
    }
}
