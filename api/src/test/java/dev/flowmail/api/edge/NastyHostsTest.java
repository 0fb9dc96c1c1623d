package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.flowmail.api.settings.Loopback;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NastyHostsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a.", "a", "-", ".", "localhosts.", ":", "1", "127.", "[", "[:", "0.", "::"})
    void aHostHoweverLongIsReadAtOnce(String repeat) {
        String host = repeat.repeat(1_000_000);
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(Loopback.isNamedBy(host)).isFalse();
            assertThat(Loopback.isNamedBy(host + "!")).isFalse();
            assertThat(Loopback.isNamedBy("localhost:" + host + "!")).isFalse();
        });
    }
}
