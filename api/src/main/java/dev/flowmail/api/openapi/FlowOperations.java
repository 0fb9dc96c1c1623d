package dev.flowmail.api.openapi;

import dev.flowmail.api.actions.ActionNames;
import io.swagger.v3.core.util.Json;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Encoding;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.responses.ApiResponses;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Says of each operation what only the contract knows: what it is for, how it fails, an example. */
final class FlowOperations {

    private static final String BASE = "/api/email/1";
    private static final String JSON = "application/json";
    static final String LOGIN = "login";
    private static final String UPLOAD = BASE + "/file/content";

    private static final Map<String, String> SUMMARIES = Map.of(
            BASE + "/metadata",
            "Describe the connector: configuration values, actions, types",
            BASE + "/metadata/install",
            "Describe the connector, for engines that install it",
            ActionNames.path(ActionNames.SIMPLE),
            ActionNames.title(ActionNames.SIMPLE),
            ActionNames.path(ActionNames.EMAIL),
            ActionNames.title(ActionNames.EMAIL),
            ActionNames.path(ActionNames.DECISION),
            ActionNames.title(ActionNames.DECISION),
            BASE + "/file",
            "List files: always none, since one flow must not see another's",
            UPLOAD,
            "Upload a file",
            BASE + "/file/delete",
            "Delete the upload whose Id is resourceFile; an unknown one is success",
            BASE + "/health",
            "Whether Flowmail is alive");

    private static final Map<String, String> SAMPLES = Map.of(
            BASE + "/metadata",
            "metadata",
            ActionNames.path(ActionNames.SIMPLE),
            ActionNames.SIMPLE,
            ActionNames.path(ActionNames.EMAIL),
            ActionNames.EMAIL,
            ActionNames.path(ActionNames.DECISION),
            ActionNames.DECISION);

    private FlowOperations() {}

    static void complete(String path, Operation operation) {
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
        responses.addApiResponse("429", later("Above a rate limit"));
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
                        "Retry-After", new Header().description("seconds").schema(FlowSchemas.typed("integer")));
    }

    private static ApiResponse problem(String description) {
        Schema<?> schema = new Schema<>(SpecVersion.V31);
        schema.set$ref("#/components/schemas/" + FlowSchemas.PROBLEM);
        return new ApiResponse()
                .description(description)
                .content(new Content().addMediaType(JSON, new MediaType().schema(schema)));
    }

    private static void describeUpload(Operation operation) {
        Schema<?> request = new Schema<>(SpecVersion.V31);
        request.set$ref("#/components/schemas/FileDataRequest");
        Schema<?> file = FlowSchemas.typed("string");
        file.setFormat("binary");
        Schema<?> form = FlowSchemas.typed("object");
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
        try (InputStream json = FlowOperations.class.getResourceAsStream("/openapi/" + name + ".json")) {
            return Json.mapper().readTree(Objects.requireNonNull(json, name));
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
