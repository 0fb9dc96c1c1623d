package dev.flowmail.api.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Says of the schemas that springdoc makes of records what may be null and what is always there. */
final class FlowSchemas {

    static final String PROBLEM = "Problem";

    /** Flow reads every property of these; those of requests may be absent. */
    private static final Set<String> ANSWERS = Set.of(
            "Action",
            "DescribeResponse",
            "DescribeValue",
            "Install",
            "ObjectDataResponse",
            PROBLEM,
            "ServiceResponse",
            "TypeElement",
            "TypeProperty",
            "ValueFault");

    private FlowSchemas() {}

    /** The library's own signatures have raw types. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    static void allowNull(OpenAPI api) {
        Map<String, Schema> schemas = api.getComponents().getSchemas();
        schemas.forEach((name, schema) -> {
            Map<String, Schema> properties = new LinkedHashMap<>();
            ((Map<String, Schema>) schema.getProperties())
                    .forEach((property, type) -> properties.put(property, orNull(type)));
            schema.setProperties(properties);
            if (ANSWERS.contains(name)) {
                schema.setRequired(new ArrayList<>(properties.keySet()));
            }
        });
    }

    @SuppressWarnings("rawtypes")
    private static Schema orNull(Schema type) {
        if (type.get$ref() != null) {
            return new Schema<>(SpecVersion.V31).oneOf(List.of(type, typed("null")));
        }
        if (type.getAdditionalProperties() instanceof Schema<?> value) {
            value.addType("null");
        }
        if (!type.getTypes().contains("boolean")) {
            type.addType("null");
        }
        return type;
    }

    static Schema<?> typed(String type) {
        Schema<?> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }
}
