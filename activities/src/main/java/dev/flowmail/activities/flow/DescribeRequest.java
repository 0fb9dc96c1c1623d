package dev.flowmail.activities.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Flow asks at design time what the connector can do; the connector may not be configured yet. */
public record DescribeRequest(
        @Nullable Culture culture, @Nullable String uri, List<EngineValue> configurationValues) {

    public DescribeRequest {
        configurationValues = Values.present(configurationValues);
    }

    /** The address only: configuration values stay out of logs. */
    @Override
    public String toString() {
        return "DescribeRequest[" + uri + "]";
    }
}
