package dev.flowmail.api.openapi;

import dev.flowmail.activities.flow.Problem;
import dev.flowmail.api.settings.FlowmailProperties;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Encoding;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Says of what springdoc finds in the controllers what only the contract knows: what may be null, failures, examples. */
@Component
final class FlowOpenApi implements OpenApiCustomizer {
    private static final String BASE = "/api/email/1";
    private static final String JSON = "application/json";
    private static final String PROBLEM = "Problem";
    private static final String LOGIN = "login";
    private static final String UPLOAD = BASE + "/file/content";

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

    private static final Map<String, String> SUMMARIES = Map.of(
            BASE + "/metadata",
            "Describe the connector: configuration values, actions, types",
            BASE + "/metadata/install",
            "Describe the connector, for engines that install it",
            BASE + "/actions/email-simple",
            "Send Email (Simple)",
            BASE + "/actions/email",
            "Send Email",
            BASE + "/actions/email-choices",
            "Send Email with Decision Request",
            BASE + "/file",
            "List files: always none, since one flow must not see another's",
            UPLOAD,
            "Upload a file",
            BASE + "/file/delete",
            "Delete the upload whose Id is resourceFile; an unknown one is success",
            BASE + "/health",
            "Whether Flowmail is alive");

    private static final Map<String, String> SAMPLES = Map.of(
            BASE + "/metadata", "metadata",
            BASE + "/actions/email-simple", "email-simple",
            BASE + "/actions/email", "email",
            BASE + "/actions/email-choices", "email-choices");

    /** Where the paths begin: a proxy may have taken a prefix off. */
    private final String base;

    FlowOpenApi(FlowmailProperties settings) {
        String prefix = settings.publicUrl().getRawPath();
        this.base = prefix.isEmpty() ? "/" : prefix;
    }

    @Override
    public void customise(OpenAPI api) {
        api.info(new Info()
                .title("Flowmail")
                .version("1")
                .description(
                        "The Email connector of Boomi Flow. Flow's user comes URL-encoded in the header Authorization;"
                                + " a login, where one is set, may stand in another one beside it."));
        api.servers(List.of(new Server().url(base)));
        ModelConverters.getInstance(true).read(Problem.class).forEach(api.getComponents()::addSchemas);
        allowNull(api);
        api.getComponents()
                .addSecuritySchemes(
                        LOGIN,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"));
        api.getPaths().forEach((path, item) -> item.readOperations().forEach(operation -> complete(path, operation)));
    }

    /** The library's own signatures have raw types. */
    @SuppressWarnings({"rawtypes", "unchecked"})
    private static void allowNull(OpenAPI api) {
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

    private static Schema<?> typed(String type) {
        Schema<?> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }

    private static void complete(String path, Operation operation) {
        if (path.equals(UPLOAD)) {
            describeUpload(operation);
        }
        operation.setTags(List.of("Flow"));
        operation.setSummary(SUMMARIES.get(path));
        ApiResponses responses = operation.getResponses();
        Content answer = Objects.requireNonNull(responses.get("200")).getContent();
        MediaType only = answer.values().iterator().next();
        answer.clear();
        answer.addMediaType(JSON, only);
        if (path.equals(BASE + "/health")) {
            return;
        }
        operation.addSecurityItem(new SecurityRequirement());
        operation.addSecurityItem(new SecurityRequirement().addList(LOGIN));
        responses.addApiResponse("400", problem("Something in the request is wrong; the message names the input"));
        responses.addApiResponse("401", problem("A login is set, and this one is missing or wrong"));
        responses.addApiResponse("413", problem("The body is too large"));
        responses.addApiResponse("415", problem("The body has another Content-Type"));
        responses.addApiResponse("429", later("Above a quota"));
        responses.addApiResponse("503", later("Temporal or the store cannot be reached, nothing was accepted"));
        responses.addApiResponse(ApiResponses.DEFAULT, problem("Any other failure"));
        String sample = SAMPLES.get(path);
        if (sample != null) {
            Objects.requireNonNull(operation.getRequestBody().getContent().get(JSON))
                    .setExample(sample(sample + "-request"));
            only.setExample(sample(sample + "-response"));
        }
    }

    private static ApiResponse later(String description) {
        return problem(description)
                .addHeaderObject(
                        "Retry-After", new Header().description("seconds").schema(typed("integer")));
    }

    private static ApiResponse problem(String description) {
        Schema<?> schema = new Schema<>(SpecVersion.V31);
        schema.set$ref("#/components/schemas/" + PROBLEM);
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(JSON, new MediaType().schema(schema)));
    }

    private static void describeUpload(Operation operation) {
        Schema<?> request = new Schema<>(SpecVersion.V31);
        request.set$ref("#/components/schemas/FileDataRequest");
        Schema<?> file = typed("string");
        file.setFormat("binary");
        Schema<?> form = typed("object");
        form.addProperty("request", request);
        form.addProperty("file", file);
        form.setRequired(List.of("request", "file"));
        MediaType multipart = new MediaType()
                .schema(form)
                .addEncoding("request", new Encoding().contentType(JSON))
                .addEncoding("file", new Encoding().contentType("application/octet-stream"));
        operation.setRequestBody(
                new RequestBody().required(true).content(new Content().addMediaType("multipart/form-data", multipart)));
    }

    private static Object sample(String name) {
        try (InputStream json = FlowOpenApi.class.getResourceAsStream("/openapi/" + name + ".json")) {
            return Json.mapper().readTree(Objects.requireNonNull(json, name));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
