package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.settings.Loopback;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "localhost.",
                "flowmail.localhost:8080",
                "127.0.0.1",
                "127.255.255.254:80",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]"
            })
    void theseNamesMeanThisMachine(String host) {
        assertThat(Loopback.isNamedBy(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "flow.example",
                "localhost.example",
                "notlocalhost",
                "127.0.0.1.example",
                "127.0.0.256",
                "127.1",
                "128.0.0.1",
                "0.0.0.0",
                "10.0.0.1",
                "[::]",
                "[::2]",
                "[fe80::1]",
                "[::1",
                "[localhost]",
                "localhost, flow.example",
                "flow.example@localhost",
                "localhost:80:80",
                "localhost/"
            })
    void theseDoNot(String host) {
        assertThat(Loopback.isNamedBy(host)).isFalse();
    }
}
