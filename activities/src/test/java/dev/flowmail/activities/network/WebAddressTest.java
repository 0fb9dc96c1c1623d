package dev.flowmail.activities.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "grüße gr%C3%BC%C3%9Fe",
                "'Offer 4711.pdf' Offer%204711.pdf",
                "a|b.pdf a%7Cb.pdf",
                "100%.pdf 100%25.pdf",
                "%zz %25zz",
                "50%/a%4 50%25/a%254",
                "a%20b%2Fc a%20b%2Fc",
                "a^b`c{d}<e>\"f[g] a%5Eb%60c%7Bd%7D%3Ce%3E%22f%5Bg%5D",
                "a\\b a/b",
                "'x?q=a b|c%&d=\u00fc[1]#e f' x?q=a%20b%7Cc%25&d=%C3%BC[1]#e%20f",
                "\uD83D\uDE80 %F0%9F%9A%80",
            })
    void whatMayNotStandInAnAddressIsEncodedAsABrowserDoes(String given, String encoded) {
        assertThat(WebAddress.parse("https://flow.example/" + given))
                .contains(URI.create("https://flow.example/" + encoded));
    }

    @ParameterizedTest
    @CsvSource({
        "https://straße.example/, https://xn--strae-oqa.example/",
        "https://ẞ.example:8443/a, https://xn--zca.example:8443/a",
        "https://βόλος.example, https://xn--nxasmm1c.example"
    })
    void aHostIsNamedByTheRulesOfIdna2008(String given, String ascii) {
        assertThat(WebAddress.parse(given)).contains(URI.create(ascii));
    }

    @Test
    void aHostMayHaveUnderscores() {
        URI address =
                WebAddress.parse("https://my_bucket.s3.example:8443/x.pdf").orElseThrow();

        assertThat(address).hasToString("https://my_bucket.s3.example:8443/x.pdf");
        assertThat(WebAddress.host(address)).isEqualTo("my_bucket.s3.example");
        assertThat(WebAddress.host(URI.create("http://[::1]:80/"))).isEqualTo("[::1]");
    }

    @ParameterizedTest
    @CsvSource({
        "b?x=1, https://flow.example/dir/b?x=1",
        "?x=2, https://flow.example/dir/a?x=2",
        "/files/Angebot Müller.pdf, https://flow.example/files/Angebot%20M%C3%BCller.pdf",
        "../c d.pdf, https://flow.example/c%20d.pdf",
        "//other_host.example/x y, https://other_host.example/x%20y",
        "http://other.example/ü, http://other.example/%C3%BC",
    })
    void aReferenceIsResolved(String reference, String address) {
        URI base = WebAddress.parse("https://flow.example/dir/a?q=1").orElseThrow();

        assertThat(WebAddress.resolve(base, reference)).contains(URI.create(address));
    }

    @Test
    void aReferenceIsResolvedFromAnAddressWithoutAPathAndFromAHostWithUnderscores() {
        assertThat(WebAddress.resolve(URI.create("http://my_host.example:81"), "a b"))
                .contains(URI.create("http://my_host.example:81/a%20b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "file:///etc/passwd",
                "mailto:a@b.example",
                "http://user:secret@b.example/",
                "//",
                "http://exa mple/"
            })
    void aReferenceThatLeadsToNoWebAddressIsNot(String reference) {
        assertThat(WebAddress.resolve(URI.create("http://flow.example/a"), reference))
                .isEmpty();
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
                "http://flow_example:0/",
                "http://flow%20example/",
                "http://flow.example/\uD800"
            })
    void anythingElseIsNot(String address) {
        assertThat(WebAddress.parse(address)).isEmpty();
    }

    @Test
    void anOverlongAddressIsNot() {
        assertThat(WebAddress.parse("http://flow.example/" + "x".repeat(4_096))).isEmpty();
    }
}
