package dev.flowmail.api.commands;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MailboxPatternTest {

    private final MailboxPattern anna = MailboxPattern.of("Anna@ex\u00e4mple.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "anna@ex\u00e4mple.com",
                "ANNA@XN--EXMPLE-CUA.COM",
                "anna@exa\u0308mple.com",
                "Anna <anna@ex\u00e4mple.com>",
                "mailto:anna@ex\u00e4mple.com?subject=x",
                "Ask anna@ex\u00e4mple.com.",
                "(anna@ex\u00e4mple.com, ben@example.com)"
            })
    void isFoundInEveryForm(String text) {
        assertThat(anna.test(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "anna",
                "joanna@ex\u00e4mple.com",
                "my-anna@ex\u00e4mple.com",
                "\u00e5anna@ex\u00e4mple.com",
                "o'anna@ex\u00e4mple.com",
                "anna@ex\u00e4mple.com.evil.example",
                "anna@ex\u00e4mple.community",
                "anna@exXmple.com"
            })
    void isNotFoundInAnother(String text) {
        assertThat(anna.test(text)).isFalse();
    }
}
