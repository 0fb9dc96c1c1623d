package dev.flowmail.api.settings;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What other workflows may call.
 *
 * @param endpoint name of the Nexus endpoint by which other workflows ask for decisions, e.g. flowmail; they cannot when not set
 */
public record NexusProperties(@Nullable String endpoint) {

    /** As Temporal takes it. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,198}[A-Za-z0-9]");

    public NexusProperties {
        Rule.of("flowmail.nexus.endpoint")
                .requires(
                        endpoint == null
                                || endpoint.isBlank()
                                || NAME.matcher(endpoint).matches(),
                        "must be 2 to 200 letters, digits and hyphens, the first a letter and the last no hyphen, e.g."
                                + " flowmail.");
    }

    /** The endpoint's name; empty when workflows cannot ask. */
    public Optional<String> name() {
        return Optional.ofNullable(endpoint).filter(given -> !given.isBlank());
    }
}
