package dev.flowmail.verification.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The documentation's Python, run by a Python that has what it imports. */
final class Python {
    /** By {@code ./flowmail test}. */
    private static final Path FETCHED = Path.of("..", ".tools", "python", "bin", "python");

    private Python() {}

    /** Where it is: as {@code TEST_PYTHON} says, else where the launcher puts it. */
    static String executable() {
        return Optional.ofNullable(System.getenv("TEST_PYTHON"))
                .orElse(FETCHED.toAbsolutePath().toString());
    }

    /** The one example in Python of a page of {@code docs}. */
    static String exampleOf(String page) {
        try {
            return Files.readString(Path.of("..", "docs", page)).replaceFirst("(?s).*\n```python\n(.*?)```.*", "$1");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
