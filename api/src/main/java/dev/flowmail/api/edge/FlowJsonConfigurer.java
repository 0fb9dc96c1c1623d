package dev.flowmail.api.edge;

import dev.flowmail.activities.flow.FlowJson;
import org.springframework.http.converter.HttpMessageConverters.ServerBuilder;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;
import tools.jackson.databind.module.SimpleModule;

/** Controllers read and write Flow's JSON, whatever Spring's own mapper is set to. */
@Component
final class FlowJsonConfigurer implements WebMvcConfigurer {

    @Override
    public void configureMessageConverters(ServerBuilder converters) {
        SimpleModule wellFormed = new SimpleModule().addDeserializer(String.class, new WellFormedText());
        converters.withJsonConverter(new JacksonJsonHttpMessageConverter(
                FlowJson.mapper().rebuild().addModule(wellFormed).build()));
    }
}
