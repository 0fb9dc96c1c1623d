package dev.flowmail.api;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What SECURITY.md claims is shown by tests that are there. */
class SecurityPageTest {
    private static final Path ROOT = Path.of("..");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Tests?|IT))(?:\\.(\\w+))?`");

    private static final String ANNOTATION = "@(Test|ParameterizedTest|RepeatedTest|TestFactory)\\b";

    @Test
    void everyTestThatIsNamedExists() throws IOException {
        Map<String, String> sources = sources();
        List<MatchResult> named = TEST.matcher(Files.readString(ROOT.resolve("SECURITY.md")))
                .results()
                .toList();

        assertThat(named).hasSizeGreaterThan(80);
        for (MatchResult test : named) {
            String name = test.group(1);
            assertThat(sources).containsKey(name);
            String source = requireNonNull(sources.get(name));
            assertThat(source).as(name).doesNotContainPattern("\n *@Disabled");
            assertThat(test.group(2) == null ? source : annotations(source, test.group(2)))
                    .as(test.group())
                    .containsPattern(ANNOTATION);
        }
    }

    /** What stands before a method, from the blank line before it; empty where there is none of this name. */
    private static String annotations(String source, String method) {
        return Pattern.compile("\n +[\\w<>]+ " + method + "\\(")
                .matcher(source)
                .results()
                .map(found -> source.substring(source.lastIndexOf("\n\n", found.start()), found.start()))
                .collect(Collectors.joining());
    }

    @Test
    void everyClaimNamesATest() throws IOException {
        List<String> claims = Files.readAllLines(ROOT.resolve("SECURITY.md")).stream()
                .filter(line -> line.startsWith("| ") && !line.startsWith("| claim "))
                .toList();

        assertThat(claims).hasSizeGreaterThan(40).allSatisfy(claim -> {
            String[] cells = claim.split("\\|", -1);
            assertThat(cells).hasSize(5);
            assertThat(TEST.matcher(cells[3]).find()).as(cells[3]).isTrue();
        });
    }

    /** By the name of the class; a name that two modules have stands for both. */
    private static Map<String, String> sources() throws IOException {
        try (Stream<Path> files = Files.find(
                ROOT, 12, (path, attributes) -> path.toString().matches(".*/src/test/.*(Tests?|IT)\\.java"))) {
            return files.collect(Collectors.toMap(
                    file -> String.valueOf(file.getFileName()).replace(".java", ""),
                    SecurityPageTest::read,
                    String::concat));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
