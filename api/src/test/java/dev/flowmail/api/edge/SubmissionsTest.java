package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.Wire;
import dev.flowmail.api.wire.WireTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;

/** What is submitted to a genuine link; Temporal, asked, says that the request has been forgotten (410). */
@WireTest
@ExtendWith(OutputCaptureExtension.class)
class SubmissionsTest {

    private static final String FORM = "application/x-www-form-urlencoded";

    @LocalServerPort
    private int port;

    @Autowired
    private LinkCodes codes;

    @ParameterizedTest
    @ValueSource(
            strings = {
                FORM,
                "application/x-www-form-urlencoded;charset=UTF-8",
                "Application/X-WWW-Form-Urlencoded; charset=utf-8"
            })
    void aFormIsTaken(String type) {
        assertThat(submit(type, "outcome=1").status()).isEqualTo(410);
        assertThat(submit(type, "").status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/json", "multipart/form-data; boundary=b", "nonsense", ""})
    void whatIsNoFormDecidesNothing(String type) {
        for (String body : new String[] {
            "outcome=1",
            "",
            "{\"outcome\":1}",
            "--b\r\nContent-Disposition: form-data; name=\"outcome\"\r\n\r\n1\r\n--b--"
        }) {
            Answer answer = submit(type, body);

            assertThat(answer.status()).as(body).isEqualTo(415);
            assertThat(answer.header("Content-Type")).startsWith("text/html");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"outcome=%", "outcome=%zz&comment=x", "%=1", "outcome=0&outcome=1", "outcome=7"})
    void aMalformedFormIsOneShortPage(String form, CapturedOutput log) {
        Answer answer = submit(FORM, form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).startsWith("text/html");
        assertThat(log.getAll()).doesNotContain("failed", "\tat ");
    }

    @Test
    void fieldsAreCountedAndTheFormIsBounded() {
        assertThat(submit(FORM, "a=1&".repeat(200)).status()).isEqualTo(400);
        Answer tooLarge = submit(FORM, "comment=" + "x".repeat(130 * 1024));
        assertThat(tooLarge.status()).isEqualTo(413);
        assertThat(tooLarge.header("Content-Type")).startsWith("text/html");
        assertThat(tooLarge.header("Content-Security-Policy")).contains("default-src 'none'");
        Answer unannounced = Http.exchange(
                port,
                "POST",
                Wire.genuineLink(codes),
                BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(new byte[200 * 1024])),
                "Content-Type",
                FORM);
        assertThat(unannounced.status()).isEqualTo(413);
        assertThat(unannounced.header("Content-Type")).startsWith("text/html");
        assertThat(Http.exchange(
                                port,
                                "POST",
                                "/decide/forged",
                                BodyPublishers.ofString("%".repeat(130 * 1024)),
                                "Content-Type",
                                FORM)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void whatStandsInTheAddressChoosesNothing() {
        assertThat(Http.exchange(
                                port,
                                "POST",
                                Wire.genuineLink(codes) + "?outcome=77",
                                BodyPublishers.ofString(""),
                                "Content-Type",
                                FORM)
                        .status())
                .isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?x=a|b[1]{2}^`\\",
                "?x=%zz&%",
                "?x=%00",
                ";jsessionid=1",
                "/",
                "//",
                "%2F",
                "/%2f",
                "%5C",
                ">",
                "%3E",
                "|",
                "\"",
                "]",
                "%20",
                "%E3%80%82",
                "%253E"
            })
    void whatGatewaysAndMailReadersAppendToALinkDoesNotBreakIt(String appended) throws IOException {
        assertThat(Http.raw(
                        port,
                        "GET " + Wire.genuineLink(codes) + appended
                                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 410")
                .contains("<html");
    }

    private Answer submit(String type, String body) {
        return type.isEmpty()
                ? Http.exchange(port, "POST", Wire.genuineLink(codes), BodyPublishers.ofString(body))
                : Http.exchange(
                        port, "POST", Wire.genuineLink(codes), BodyPublishers.ofString(body), "Content-Type", type);
    }
}
