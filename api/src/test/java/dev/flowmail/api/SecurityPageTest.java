package dev.flowmail.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md promises is shown by tests that are there. */
class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Tests?|IT))`");

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Set<String> named = TEST.matcher(Files.readString(ROOT.resolve("SECURITY.md")))
                .results()
                .map((MatchResult result) -> result.group(1) + ".java")
                .collect(Collectors.toSet());

        assertThat(named).hasSizeGreaterThan(30);
        assertThat(sources()).containsAll(named);
    }

    private static Set<String> sources() throws IOException {
        try (Stream<Path> files =
                Files.find(ROOT, 12, (path, attributes) -> path.toString().endsWith(".java"))) {
            return files.map(path -> String.valueOf(path.getFileName())).collect(Collectors.toSet());
        }
    }
}
