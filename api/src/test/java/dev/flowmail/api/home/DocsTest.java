package dev.flowmail.api.home;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.WireTest;
import java.util.Base64;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

@WireTest
@TestPropertySource(properties = {"flowmail.auth.username=flow", "flowmail.auth.password=secret"})
class DocsTest {

    private static final String LOGIN = "Basic " + Base64.getEncoder().encodeToString("flow:secret".getBytes(UTF_8));
    private static final Pattern LOADED = Pattern.compile("(?:src|href)=\"(docs[^\"]*)\"");

    @LocalServerPort
    private int port;

    @Test
    void thePageLoadsOnlyFilesOfOursThatAreThereAndRunsNothingInline() {
        Answer page = Http.get(port, "/docs", "Authorization", LOGIN);

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).startsWith("text/html");
        assertThat(page.header("Content-Security-Policy"))
                .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; ")
                .contains("frame-ancestors 'none'", "base-uri 'none'")
                .doesNotContain("unsafe", "http");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.body()).doesNotContain("<script>", "<style", "style=", "://");
        assertThat(LOADED.matcher(page.body()).results().map(MatchResult::toString))
                .hasSize(3);
        LOADED.matcher(page.body())
                .results()
                .map(file -> "/" + file.group(1))
                .forEach(file -> assertThat(
                                Http.get(port, file, "Authorization", LOGIN).status())
                        .as(file)
                        .isEqualTo(200));
    }

    @Test
    void thePageAndTheLibraryAreBehindTheLogin() {
        assertThat(Http.get(port, "/docs").status()).isEqualTo(401);
        assertThat(Http.get(port, "/docs/swagger-ui/swagger-ui-bundle.js").status())
                .isEqualTo(401);
        assertThat(Http.get(port, "/webjars/swagger-ui/5.32.14/swagger-ui-bundle.js")
                        .status())
                .isEqualTo(401);
    }
}
