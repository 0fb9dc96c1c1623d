package dev.flowmail.api.settings;

import static dev.flowmail.api.settings.DerivedSettings.TARGET;

import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.api.tracing.TracingConfiguration;
import java.util.regex.Pattern;
import org.springframework.core.env.Environment;

/** What Spring's own settings must be, where Flowmail needs more of them than Spring does. */
final class SpringSettings {

    private static final Pattern HOST_AND_PORT = Pattern.compile("\\S+:(\\d{1,5})");

    private SpringSettings() {}

    static void checkTraces(Environment environment) {
        String endpoint = environment.getProperty(TracingConfiguration.ENDPOINT, "");
        if (endpoint.isBlank()) {
            return;
        }
        if (WebAddress.parse(endpoint).isEmpty()) {
            throw new CannotStartException("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT (" + TracingConfiguration.ENDPOINT
                    + ") must be an absolute http or https address without user info,"
                    + " e.g. http://collector.example.com:4318/v1/traces.");
        }
        if ("grpc".equalsIgnoreCase(environment.getProperty(TracingConfiguration.TRANSPORT))) {
            throw new CannotStartException("OTEL_EXPORTER_OTLP_PROTOCOL (" + TracingConfiguration.TRANSPORT
                    + ") must be http/protobuf (http): Flowmail sends traces over HTTP only.");
        }
    }

    static void checkTarget(String target) {
        var match = HOST_AND_PORT.matcher(target);
        if (!match.matches() || Integer.parseInt(match.group(1)) < 1 || Integer.parseInt(match.group(1)) > 65_535) {
            throw new CannotStartException(
                    "TEMPORAL_ADDRESS (" + TARGET + ") must be host:port, e.g. temporal.example.com:7233.");
        }
    }
}
