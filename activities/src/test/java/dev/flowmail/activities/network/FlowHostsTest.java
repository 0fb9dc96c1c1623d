package dev.flowmail.activities.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlowHostsTest {
    private final FlowHosts hosts = new FlowHosts(List.of(
            FlowHost.parse(" Flow.example "),
            FlowHost.parse("192.0.2.1"),
            FlowHost.parse("[2001:db8::1]"),
            FlowHost.parse("*.Flow-prod.example.")));

    @Test
    void withoutAnyNamedFlowMayBeAnywhere() {
        assertThat(new FlowHosts(List.of()).contain(URI.create("https://anywhere.example/")))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://flow.example/api/run/1/response",
                "http://FLOW.example.:8443/",
                "https://192.0.2.1/",
                "https://[2001:db8:0::1]:443/",
                "https://us.flow-prod.example/api/run/1/response",
                "https://EU.Flow-Prod.example.:8443/",
                "https://a.b.flow-prod.example/"
            })
    void aNamedHostIsOneInEverySpelling(String address) {
        assertThat(hosts.contain(URI.create(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://flow.example.evil.example/",
                "https://a.flow.example/",
                "https://evil.example/flow.example",
                "https://evil.example/?flow.example#flow.example",
                "https://192.0.2.2/",
                "https://flow-prod.example/",
                "https://evilflow-prod.example/",
                "https://.flow-prod.example/",
                "https://us.flow-prod.example.evil.example/",
                "mailto:x@flow.example"
            })
    void everyOtherIsNone(String address) {
        assertThat(hosts.contain(URI.create(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://flow.example",
                "flow.example:443",
                "flow.example/x",
                "*",
                "*.",
                "*.*.example",
                "a.*.example",
                "*example",
                "*.192.0.2.1",
                "a b",
                "-a"
            })
    void whatIsNoHostIsNamed(String entry) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FlowHosts(List.of(FlowHost.parse("flow.example"), FlowHost.parse(entry))))
                .withMessageStartingWith("FLOWMAIL_FLOW_HOSTS: \"" + entry + "\" is not a host name or IP address");
    }
}
