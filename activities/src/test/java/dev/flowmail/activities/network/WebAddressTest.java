package dev.flowmail.activities.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class WebAddressTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://flow.example",
                "HTTPS://flow.example:8443/a?b=c#d",
                "http://127.0.0.1:8080/",
                "http://[::1]/",
                "https://flow.example/%41"
            })
    void aWebAddressIsRead(String address) {
        assertThat(WebAddress.parse(address)).contains(URI.create(address));
    }

    @Test
    void otherCharactersAreEncoded() {
        assertThat(WebAddress.parse("https://flow.example/grüße"))
                .contains(URI.create("https://flow.example/gr%C3%BC%C3%9Fe"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "flow.example",
                "/relative",
                "//flow.example/",
                "http:",
                "http:/x",
                "http:///x",
                "http:flow.example",
                "ftp://flow.example/",
                "javascript:alert(1)",
                "file:///etc/passwd",
                "http://user@flow.example/",
                "http://user:password@flow.example/",
                "http://@flow.example/",
                "http://flow.example:0/",
                "http://flow.example:65536/",
                "http://flow.example:999999999999/",
                "http://flow example/",
                " http://flow.example/",
                "http://flow.example/\r\nX: y",
                "http://flow.example\\@evil.example/",
                "http://flow.example/%zz"
            })
    void anythingElseIsNot(String address) {
        assertThat(WebAddress.parse(address)).isEmpty();
    }

    @Test
    void anOverlongAddressIsNot() {
        assertThat(WebAddress.parse("http://flow.example/" + "x".repeat(4_096))).isEmpty();
    }
}
