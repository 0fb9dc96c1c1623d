package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.flowmail.api.problems.ProblemException;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NastyListsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                ";",
                ",",
                "\n",
                " ",
                "\"",
                "\\\"",
                "'",
                "<",
                ">",
                "a@b.example;",
                "a@b.example ",
                "\u200b",
                "\u3000",
                "a,",
                "<a,",
                "\",",
                "=?",
                "\\"
            })
    void aListOfAddressesIsReadOrRefusedAtOnce(String repeat) {
        String list = repeat.repeat(10_000_000 / repeat.length());
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            read(list);
            read("a" + list + "a");
            read("\"" + list + "\" <a@b.example>");
        });
    }

    private static void read(String list) {
        assertThatCode(() -> {
                    try {
                        var ignored = Addresses.list("To", list);
                    } catch (ProblemException refused) {
                        // a sentence
                    }
                })
                .doesNotThrowAnyException();
    }
}
