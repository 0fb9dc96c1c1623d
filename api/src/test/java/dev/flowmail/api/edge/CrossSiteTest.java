package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.test.web.server.LocalServerPort;

/** A page elsewhere, in the browser of somebody on this machine. */
@WireTest
class CrossSiteTest {

    private static final String UPLOAD = """
            --b
            Content-Disposition: form-data; name="file"; filename="a.txt"

            text
            --b--
            """.replace("\n", "\r\n");

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @CsvSource({
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site",
        "Origin, https://evil.example",
        "Origin, null",
        "Origin, http://localhost:1"
    })
    void itCallsNothing(String header, String value) {
        for (String path : new String[] {"/api/email/1/metadata", "/api/email/1/health", "/api/email/1/nothing"}) {
            Answer answer = Http.post(port, path, "{}", header, value);

            assertThat(answer.status()).as(path).isEqualTo(403);
            assertThat(answer.header("X-ManyWho-Service-Problem-Kind")).isEqualTo("service");
            assertThat(answer.json().path("statusCode").asInt()).isEqualTo(403);
        }
        assertThat(upload(header, value).status()).isEqualTo(403);
    }

    @Test
    void whatComesFromHereOrFromNoPageIsAnswered() {
        assertThat(Http.post(port, "/api/email/1/metadata", "{}", "Origin", "http://localhost:" + port)
                        .status())
                .isEqualTo(200);
        assertThat(Http.get(port, "/api/email/1/health", "Sec-Fetch-Site", "none")
                        .status())
                .isEqualTo(200);
        assertThat(Http.get(port, "/api/email/1/health", "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
    }

    private Answer upload(String header, String value) {
        return Http.exchange(
                port,
                "POST",
                "/api/email/1/file/content",
                BodyPublishers.ofString(UPLOAD),
                "Content-Type",
                "multipart/form-data; boundary=b",
                header,
                value);
    }
}
