package dev.flowmail.api.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@WireTest
class HomeTest {

    private static final String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    @LocalServerPort
    private int port;

    @Test
    void theHomePageRunsItsOwnScriptAlone() {
        Answer home = Http.get(port, "/");

        assertThat(home.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'sha256-")
                .contains("img-src 'self' data:", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(home.body()).contains("<script src=\"home.js\"></script>", "href=\"docs\"", "href=\"/favicon.svg\"");
        Answer script = Http.get(port, "/home.js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type")).contains("javascript");
    }

    @Test
    void theIconIsAFileThatBrowsersKeepAndPagesMayLoad() {
        Answer icon = Http.get(port, "/favicon.svg");

        assertThat(icon.status()).isEqualTo(200);
        assertThat(icon.header("Content-Type")).isEqualTo("image/svg+xml");
        assertThat(icon.header("Cache-Control")).contains("max-age=86400", "public");
        assertThat(icon.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(icon.body()).startsWith("<svg xmlns=").doesNotContain("script");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/nothing", "/decide", "/decide/", "/Decide/x", "/decided/x", "/error", "/favicon.ico", "/home"})
    void whoMistypesAnAddressSeesAPageInTheirLanguage(String path) {
        Answer page = Http.get(port, path, "Accept", BROWSER, "Accept-Language", "de-DE,de;q=0.9");

        assertThat(page.status()).isEqualTo(404);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; style-src 'sha256-")
                .endsWith("form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("same-origin");
        assertThat(page.header("X-Robots-Tag")).isEqualTo("noindex, nofollow");
        assertThat(page.body()).contains("<html lang=\"de\"", "<h1").doesNotContain("nothing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/nothing", "/api/email/1/nothing", "/api", "/codec/x", "/actuator/x", "/v3/x"})
    void programsPathsAnswerBrowsersTooAsPrograms(String path) {
        Answer problem = Http.get(port, path, "Accept", BROWSER);

        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.header("Content-Type")).isEqualTo("application/json");
        assertThat(problem.body()).contains("\"statusCode\":404");
    }

    @Test
    void theConnectorsAddressSaysInABrowserWhatItIs() {
        Answer page = Http.get(port, "/api/email/1", "Accept", BROWSER);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).contains("/api/email/1</code>", "src=\"../../home.js\"", "href=\"../../docs\"");
    }

    @Test
    void forProgramsThereIsNothingAtTheConnectorsAddress() {
        Answer problem = Http.get(port, "/api/email/1", "Accept", "application/json");

        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.body()).contains("\"statusCode\":404", "/metadata");
    }
}
