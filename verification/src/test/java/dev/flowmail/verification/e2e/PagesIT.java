package dev.flowmail.verification.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.simulator.engine.Flow;
import dev.flowmail.simulator.recipient.Page;
import java.net.URI;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(EndToEnd.class)
class PagesIT {
    private final World world;

    PagesIT(World world) {
        this.world = world;
    }

    @Test
    void anOpenRequestAsksAndNamesWhatItIsAbout() {
        String anna = world.person("anna");
        world.ask(world.question(anna));

        Page page = world.open(anna, "Approve");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.asks()).isTrue();
        assertThat(page.text())
                .contains("Purchase order 4711")
                .contains("Approve")
                .contains("Reject");
        assertThat(page.document().select("html").attr("lang")).isEqualTo("en");
    }

    @Test
    void aPageSpeaksTheLanguageOfItsRequest() {
        String anna = world.person("anna");
        world.ask(world.question(anna).language("DE"));

        assertThat(world.open(anna, "Approve").document().select("html").attr("lang"))
                .startsWith("de");
    }

    @Test
    void everyPageIsProtected() {
        String anna = world.person("anna");
        world.ask(world.question(anna));

        for (Page page : new Page[] {world.open(anna, "Approve"), world.recipient.open(unknown())}) {
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                    .contains("default-src 'none'")
                    .contains("frame-ancestors 'none'")
                    .contains("base-uri 'none'")
                    .contains("form-action 'self'");
            assertThat(page.headers().firstValue("Referrer-Policy")).contains("same-origin");
            assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.headers().firstValue("X-Robots-Tag")).contains("noindex, nofollow");
        }
    }

    @Test
    void aDecidedRequestSaysWhatWasDecidedAndByWhom() {
        String anna = world.person("anna");
        String ben = world.person("ben");
        Flow flow = world.ask(world.question(anna, ben));
        world.decide(anna, "Approve");
        world.lateAnswer(flow);

        Page page = world.open(ben, "Reject");

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.asks()).isFalse();
        assertThat(page.text()).contains("Approve").contains(anna);
    }

    @Test
    void anOutcomeThatDoesNotExistIsRefusedAndNothingIsDecided() {
        String anna = world.person("anna");
        world.ask(world.question(anna));
        Page page = world.open(anna, "Approve");

        assertThat(world.recipient.submit(page, Map.of("outcome", "99")).status())
                .isEqualTo(400);
        assertThat(world.recipient.submit(page, Map.of("outcome", "no such")).status())
                .isEqualTo(400);
        assertThat(world.open(anna, "Approve").asks()).isTrue();
    }

    @Test
    void codesThatFlowmailDidNotSignAreAllAlike() {
        String anna = world.person("anna");
        world.ask(world.question(anna));
        String genuine = world.mailTo(anna).link("Approve").toString();
        String code = genuine.substring(genuine.lastIndexOf('/') + 1);
        char other = code.charAt(5) == 'A' ? 'B' : 'A';

        Page unknown = world.recipient.open(unknown());
        assertThat(unknown.status()).isEqualTo(404);
        Stream.of(
                        code.substring(0, 5) + other + code.substring(6),
                        code.substring(0, code.length() - 4),
                        code + "A",
                        "A".repeat(code.length()))
                .map(forged -> world.recipient.open(world.flowmail().address("/decide/" + forged)))
                .forEach(page -> {
                    assertThat(page.status()).isEqualTo(404);
                    assertThat(page.html()).isEqualTo(unknown.html());
                });
    }

    @Test
    void theOriginalsLinksThatDecideOnGetAreGone() {
        assertThat(world.recipient
                        .open(world.flowmail().address("/api/email/1/callback/response/code/outcome"))
                        .status())
                .isEqualTo(404);
    }

    private URI unknown() {
        return world.flowmail().address("/decide/nonsense");
    }
}
