package dev.flowmail.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links from one page of the documentation to another lead somewhere, as far as to the heading; its lines fit a screen. */
class DocumentationTest {
    private static final Path REPOSITORY = Path.of("..");
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern TABLE_OR_CODE = Pattern.compile("\\||    | *`[^`]*`\\p{Punct}?$");
    private static final int LONGEST_LINE = 140;
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#:]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");
    private static final Pattern HEADINGS_LINK = Pattern.compile("\\[([^]]*)]\\([^)]*\\)");

    static Stream<Path> pages() throws IOException {
        try (Stream<Path> top = Files.list(REPOSITORY);
                Stream<Path> docs = Files.list(REPOSITORY.resolve("docs"))) {
            return Stream.concat(top, docs).filter(DocumentationTest::isPage).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) throws IOException {
        List<String> dead = LINK.matcher(text(page))
                .results()
                // the hosting site's own pages, above the repository
                .filter(link -> !link.group(1).startsWith("../../"))
                .filter(link ->
                        !isThere(link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1)), link.group(2)))
                .map(link -> link.group())
                .toList();

        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void noLineOfProseIsLongerThanAScreenIsWide(Path page) {
        assertThat(text(page).lines())
                .filteredOn(line -> line.length() > LONGEST_LINE)
                .allMatch(line -> TABLE_OR_CODE.matcher(line).lookingAt());
    }

    private static boolean isThere(Path target, @Nullable String heading) {
        return Files.exists(target)
                && (heading == null || !isPage(target) || headings(target).contains(heading));
    }

    private static boolean isPage(Path file) {
        return file.toString().endsWith(".md");
    }

    /** As the hosting site names them. */
    private static List<String> headings(Path page) {
        return HEADING.matcher(text(page))
                .results()
                .map(heading -> HEADINGS_LINK.matcher(heading.group(1)).replaceAll("$1"))
                .map(heading -> heading.strip()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}_ -]", "")
                        .replace(' ', '-'))
                .toList();
    }

    private static String text(Path page) {
        try {
            return CODE.matcher(Files.readString(page)).replaceAll("");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
