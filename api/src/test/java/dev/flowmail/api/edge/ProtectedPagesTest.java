package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Wire;
import dev.flowmail.api.wire.WireTest;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** In the open, below a path prefix that a proxy takes off. */
@WireTest
@TestPropertySource(
        properties = {
            "flowmail.public-url=https://mail.example.com/flowmail",
            "flowmail.auth.username=flow",
            "flowmail.auth.password=secret",
            "spring.main.cloud-platform=kubernetes"
        })
class ProtectedPagesTest {
    @LocalServerPort
    private int port;

    @Autowired
    private LinkCodes codes;

    @Test
    void everyPageAndErrorPageIsProtected() throws IOException {
        for (String request : List.of(
                "GET /",
                "GET /nothing",
                "GET /error",
                "GET /decide/nonsense",
                "GET /decide",
                "PUT /decide/nonsense",
                "GET " + Wire.genuineLink(codes),
                "POST " + Wire.genuineLink(codes),
                "GET /%2e%2e%2f")) {
            String answer = raw(request, "");
            String headers = answer.substring(0, answer.indexOf("\r\n\r\n")).toLowerCase(Locale.ROOT);
            assertThat(headers)
                    .as(request)
                    .containsOnlyOnce("\r\ncache-control: no-store")
                    .containsOnlyOnce("\r\ncontent-security-policy: default-src 'none'; ")
                    .contains("form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe")
                    .containsOnlyOnce("\r\nreferrer-policy: same-origin")
                    .containsOnlyOnce("\r\nx-content-type-options: nosniff")
                    .containsOnlyOnce("\r\nx-robots-tag: noindex, nofollow")
                    .containsOnlyOnce("\r\nstrict-transport-security: max-age=31536000")
                    .doesNotContain("\r\nserver:", "x-powered-by");
        }
    }

    @Test
    void programsAreToldToStayWithHttpsToo() throws IOException {
        assertThat(Http.get(port, "/api/email/1/health").header("Strict-Transport-Security"))
                .isNotEmpty();
        assertThat(Http.get(port, "/api/email/1/metadata").header("Strict-Transport-Security"))
                .isNotEmpty();
        assertThat(raw("GET /?<>", "")).startsWith("HTTP/1.1 400").contains("Strict-Transport-Security: max-age=");
    }

    @Test
    void whatARequestSaysOfTheAddressReachesNoLink() throws IOException {
        String lies = String.join(
                "\r\n",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Proto: gopher",
                "X-Forwarded-Port: 666",
                "X-Forwarded-Prefix: /evil",
                "Forwarded: host=evil.example",
                "");
        for (String request : List.of("GET /", "GET /nothing", "GET /decide/x", "GET " + Wire.genuineLink(codes))) {
            assertThat(raw(request, lies)).as(request).doesNotContain("evil", "gopher", "666");
        }
        assertThat(raw("GET /", lies)).contains("https://mail.example.com/flowmail/api/email/1");
    }

    @Test
    void anOriginThatIsNotOursMaySubmitTheForm() throws IOException {
        for (String origin : List.of("null", "https://isolation.example", "https://mail.example.com")) {
            assertThat(raw(
                            "POST " + Wire.genuineLink(codes),
                            "Origin: " + origin + "\r\nSec-Fetch-Site: cross-site\r\n"))
                    .startsWith("HTTP/1.1 410");
        }
    }

    private String raw(String request, String headers) throws IOException {
        return Http.raw(
                port,
                request + " HTTP/1.1\r\nHost: evil.example\r\n" + headers
                        + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    }
}
