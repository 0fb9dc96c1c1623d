package dev.flowmail.api.openapi;

import dev.flowmail.activities.flow.Problem;
import dev.flowmail.api.settings.FlowmailProperties;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.info.Info;
import io.swagger.v3.oas.models.security.SecurityScheme;
import io.swagger.v3.oas.models.servers.Server;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.stereotype.Component;

/** Says of what springdoc finds in the controllers what only the contract knows: what may be null, failures, examples. */
@Component
final class FlowOpenApi implements OpenApiCustomizer {
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
        FlowSchemas.allowNull(api);
        api.getComponents()
                .addSecuritySchemes(
                        FlowOperations.LOGIN,
                        new SecurityScheme().type(SecurityScheme.Type.HTTP).scheme("basic"));
        api.getPaths()
                .forEach((path, item) ->
                        item.readOperations().forEach(operation -> FlowOperations.complete(path, operation)));
    }
}
