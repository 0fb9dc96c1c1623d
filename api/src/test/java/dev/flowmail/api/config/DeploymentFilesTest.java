package dev.flowmail.api.config;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.flowmail.api.settings.SettingNames;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/** What the repository's own files set is what Flowmail knows: else it would not start from them. */
class DeploymentFilesTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern SETTING = Pattern.compile("(?m)^[ -]*(FLOWMAIL_\\w+)[=:] *(.*)$");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "deploy/env.example",
                "docker-compose.yml",
                "deploy/kubernetes/base/settings.env",
                "Dockerfile",
            })
    void everySettingIsKnown(String file) throws IOException {
        Map<String, Object> settings = SETTING.matcher(Files.readString(REPOSITORY.resolve(file)))
                .results()
                .collect(toMap(found -> found.group(1), DeploymentFilesTest::value, (first, second) -> first));

        assertThat(settings).isNotEmpty();
        assertThatCode(() -> new SettingNames().check(new StandardEnvironment() {
                    @Override
                    protected void customizePropertySources(MutablePropertySources sources) {
                        sources.addLast(new MapPropertySource(file, settings));
                    }
                }))
                .doesNotThrowAnyException();
    }

    private static Object value(MatchResult found) {
        return found.group(2);
    }
}
