package dev.flowmail.api.home;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import org.junit.jupiter.api.Test;
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
                .contains("img-src data:", "form-action 'self'")
                .doesNotContain("unsafe");
        assertThat(home.body())
                .contains("<script src=\"home.js\"></script>", "href=\"docs\"", "rel=\"icon\" href=\"data:");
        Answer script = Http.get(port, "/home.js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.header("Content-Type")).contains("javascript");
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
