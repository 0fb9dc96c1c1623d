package dev.flowmail.api.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What editors know about the settings. */
class SettingsDescriptionTest {

    @Test
    void everySettingIsDescribedAndNoOther() throws IOException {
        JsonNode properties = metadata().get("properties");

        assertThat(properties.values())
                .allSatisfy(property -> assertThat(property.path("description").asString(""))
                        .as(property.get("name").asString())
                        .hasSizeGreaterThan(20)
                        .doesNotContain("{@"));
        assertThat(properties.values().stream()
                        .map(property -> property.get("name").asString()))
                .containsExactlyInAnyOrderElementsOf(new SettingNames().properties());
    }

    private static JsonNode metadata() throws IOException {
        // other jars have one of this name too
        var location =
                FlowmailProperties.class.getProtectionDomain().getCodeSource().getLocation();
        try (InputStream json = java.net
                .URI
                .create(location + "META-INF/spring-configuration-metadata.json")
                .toURL()
                .openStream()) {
            return JsonMapper.shared().readTree(json);
        }
    }
}
