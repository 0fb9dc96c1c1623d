package dev.flowmail.api.edge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.wire.Http;
import dev.flowmail.api.wire.Http.Answer;
import dev.flowmail.api.wire.Wire;
import dev.flowmail.api.wire.WireTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** Codes over real HTTP: who tries many is slowed down, and whose link is genuine never notices. */
@WireTest
@TestPropertySource(properties = "spring.main.cloud-platform=kubernetes")
class CodesTest {
    private static final int WITHOUT_LIMIT = 60;
    private static final long SEED = 20_261_123L;

    @LocalServerPort
    private int port;

    @Autowired
    private LinkCodes codes;

    @Test
    void sixtyBadCodesAreAllAlikeThenMoreAreTooManyAndAGenuineOneIsServedAllTheSame() {
        String genuine = Wire.genuineLink(codes);
        Random random = new Random(SEED);
        List<Answer> bad = new ArrayList<>();
        for (int attempt = 0; attempt < WITHOUT_LIMIT; attempt++) {
            bad.add(attempt(bad(random, genuine), attempt));
        }
        assertThat(bad)
                .allSatisfy(answer -> assertThat(answer.status()).isEqualTo(404))
                .allSatisfy(
                        answer -> assertThat(answer.body()).isEqualTo(bad.get(0).body()))
                .allSatisfy(answer -> assertThat(named(answer)).isEqualTo(named(bad.get(0))));

        Answer refused = attempt(bad(random, genuine), 0);
        for (int attempt = 0; attempt < 1_000 && refused.status() == 404; attempt++) {
            refused = attempt(bad(random, genuine), attempt);
        }

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).isNotEmpty();
        assertThat(refused.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(Http.get(port, genuine).status()).isEqualTo(410);
        assertThat(submit(genuine).status()).isEqualTo(410);
    }

    /** Whatever it says of where it comes from. */
    private Answer attempt(String path, int number) {
        return number % 2 == 0
                ? Http.get(port, path, "X-Forwarded-For", "203.0.113." + number % 256)
                : submit(path, "X-Forwarded-For", "203.0.113." + number % 256);
    }

    private Answer submit(String path, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.addAll(List.of("Content-Type", "application/x-www-form-urlencoded"));
        return Http.exchange(port, "POST", path, BodyPublishers.ofString("outcome=0"), all.toArray(String[]::new));
    }

    /** Unknown, malformed, truncated or forged. */
    private static String bad(Random random, String genuine) {
        String code = genuine.substring("/decide/".length());
        int index = random.nextInt(code.length());
        return "/decide/"
                + switch (random.nextInt(4)) {
                    case 0 ->
                        random.ints(68, 'A', 'Z')
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
                    case 1 -> "~".repeat(random.nextInt(200)) + "/x";
                    case 2 -> code.substring(0, index);
                    default ->
                        code.substring(0, index) + (code.charAt(index) == 'A' ? 'B' : 'A') + code.substring(index + 1);
                };
    }

    private static Map<String, List<String>> named(Answer answer) {
        Map<String, List<String>> headers =
                new TreeMap<>(answer.response().headers().map());
        headers.remove("date");
        return headers;
    }
}
