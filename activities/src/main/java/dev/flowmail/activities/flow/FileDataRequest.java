package dev.flowmail.activities.flow;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Flow asks of the file endpoints. Its authorization is of no use to Flowmail and not read.
 *
 * @param resourceFile the file's Id
 */
public record FileDataRequest(
        @Nullable String stateId,
        @Nullable String serviceElementId,
        @Nullable String token,
        List<EngineValue> configurationValues,
        @Nullable Culture culture,
        @Nullable String resourcePath,
        @Nullable String resourceFile,
        @Nullable ListFilter listFilter) {

    public FileDataRequest {
        configurationValues = Values.present(configurationValues);
    }

    /** The configuration values by name. */
    public Values configuration() {
        return new Values(configurationValues);
    }

    /** Which files to list. */
    public record ListFilter(
            @Nullable String orderByPropertyDeveloperName,
            @Nullable String orderByDirectionType,
            int limit,
            int offset,
            @Nullable String search) {}

    /** The state only. */
    @Override
    public String toString() {
        return "FileDataRequest[" + stateId + "]";
    }
}
