package dev.flowmail.activities.flow;

import com.fasterxml.jackson.annotation.JsonInclude;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * Flow's JSON: unknown properties are ignored, null and absent are the same, and every property is written, null or not.
 *
 * <p>Input is limited to 64 levels, 500,000 tokens, and strings of 10 Mi characters: a body of 10 MiB arrives whole, and
 * nothing smaller costs more than its size. The size itself is for the caller to limit.
 */
public final class FlowJson {

    /** The largest JSON body in bytes. */
    public static final int LARGEST_BODY = 10 * 1024 * 1024;

    private static final StreamReadConstraints LIMITS = StreamReadConstraints.builder()
            .maxNestingDepth(64)
            .maxTokenCount(500_000)
            .maxStringLength(LARGEST_BODY)
            .maxNameLength(1_000)
            .build();

    private static final JsonMapper MAPPER = JsonMapper.builder(
                    JsonFactory.builder().streamReadConstraints(LIMITS).build())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(JsonInclude.Include.ALWAYS))
            .build();

    private FlowJson() {}

    /** The one configured mapper; safe for several threads. */
    public static JsonMapper mapper() {
        return MAPPER;
    }
}
