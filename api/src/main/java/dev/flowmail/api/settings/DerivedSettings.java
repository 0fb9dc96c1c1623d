package dev.flowmail.api.settings;

import dev.flowmail.api.tracing.TracingConfiguration;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/** The settings that follow from others. */
public final class DerivedSettings {

    /** Property, worked out here: whether Flowmail runs a Temporal server of its own. */
    public static final String EMBEDDED = "temporal.embedded";

    static final String TARGET = "spring.temporal.connection.target";
    static final String STOP_DELAY = "flowmail.stop-delay";

    private static final String EXCLUDED = "spring.autoconfigure.exclude";

    /** Balancers ask every second or two. */
    private static final Duration USUAL_STOP_DELAY = Duration.ofSeconds(5);

    private final Environment environment;
    private final Map<String, Object> derived = new LinkedHashMap<>();

    private DerivedSettings(Environment environment) {
        this.environment = environment;
    }

    /**
     * Puts them before all others.
     *
     * @throws CannotStartException when one that others follow from is wrong
     */
    static void addTo(ConfigurableEnvironment environment) {
        DerivedSettings settings = new DerivedSettings(environment);
        settings.addresses();
        settings.temporal();
        settings.traces();
        environment.getPropertySources().addFirst(new MapPropertySource("flowmailDerived", settings.derived));
    }

    private void addresses() {
        ListeningAddress listening = ListeningAddress.chosen(environment);
        derived.put("server.port", listening.port());
        derived.put(PublicAddress.PROPERTY, PublicAddress.of(environment, listening));
    }

    private void temporal() {
        Optional<String> elsewhere = setting(TARGET, "TEMPORAL_ADDRESS");
        derived.put(EMBEDDED, elsewhere.isEmpty());
        String port = environment.getProperty("flowmail.temporal.port", "7233").strip();
        derived.put(TARGET, elsewhere.orElse("127.0.0.1:" + port));
        if (elsewhere.isPresent() && !environment.containsProperty(STOP_DELAY)) {
            derived.put(STOP_DELAY, USUAL_STOP_DELAY.toString());
        }
        derived.put(
                "spring.temporal.namespace",
                setting("spring.temporal.namespace", "TEMPORAL_NAMESPACE").orElse("default"));
        setting("spring.temporal.connection.api-key", "TEMPORAL_API_KEY")
                .ifPresent(key -> derived.put("spring.temporal.connection.api-key", key));
        for (String property : SettingNames.TEMPORALS) {
            setting(property, SettingNames.inEnvironment(property)).ifPresent(value -> derived.put(property, value));
        }
    }

    private void traces() {
        boolean isTraced =
                !environment.getProperty(TracingConfiguration.ENDPOINT, "").isBlank();
        derived.put(TracingConfiguration.ON, isTraced);
        if (!isTraced) {
            String others = environment.getProperty(EXCLUDED, "");
            derived.put(
                    EXCLUDED, others.isBlank() ? TracingConfiguration.BOOT : others + "," + TracingConfiguration.BOOT);
        }
    }

    /** A setting by its property, else by its other name; an empty one is none. */
    private Optional<String> setting(String property, String alias) {
        String value = environment.getProperty(property, "");
        String found = value.isBlank() ? environment.getProperty(alias, "") : value;
        return found.isBlank() ? Optional.empty() : Optional.of(found.strip());
    }
}
