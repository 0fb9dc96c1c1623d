package dev.flowmail.activities.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WhoTest {

    private static final String TENANT = "67204d5c-6022-474d-8f80-0d576b43d02d";
    private static final String BASIC = "Basic Zmxvdzpwd2Q=";
    private static final String WHO = URLEncoder.encode(
            "ManyWhoTenantId=" + TENANT + "&Email=grüße+x@example.org&Token=a=b==&UserId=7", StandardCharsets.UTF_8);

    @Test
    void pairsAreSplitAtTheFirstEqualsSign() {
        assertThat(Who.decode(WHO).orElseThrow())
                .containsExactly(
                        entry("ManyWhoTenantId", TENANT),
                        entry("Email", "grüße+x@example.org"),
                        entry("Token", "a=b=="),
                        entry("UserId", "7"));
    }

    @Test
    void whatIsEncodedIsInTheContractsOrder() {
        String encoded = Who.encode(Map.of("UserId", "7", "Token", "a=b==", "Other", "x", "ManyWhoTenantId", TENANT));

        assertThat(encoded).isEqualTo("ManyWhoTenantId%3D" + TENANT + "%26Token%3Da%3Db%3D%3D%26UserId%3D7");
    }

    @Test
    void thePublicUserIsTheContractsInTheRequestsTenant() {
        assertThat(URLDecoder.decode(Who.publicUser(TENANT), StandardCharsets.UTF_8))
                .isEqualTo("ManyWhoTenantId=" + TENANT
                        + "&ManyWhoUserId=52DF1A90-3826-4508-B7C2-CDE8AA5B72CF&ManyWhoToken=NONE&DirectoryId=UNAUTHENTICATED"
                        + "&DirectoryName=UNKNOWN&Email=admin@manywho.com&IdentityProvider=NONE&TenantName=UNKNOWN"
                        + "&Token=NONE&UserId=PUBLIC_USER");
    }

    @Test
    void thePublicUserHasAllThatFlowsSdkInsistsOn() {
        assertThat(Who.decode(Who.publicUser(TENANT)).orElseThrow())
                .containsKeys(
                        "ManyWhoTenantId",
                        "ManyWhoUserId",
                        "ManyWhoToken",
                        "DirectoryId",
                        "DirectoryName",
                        "Email",
                        "IdentityProvider",
                        "TenantName",
                        "Token",
                        "UserId")
                .allSatisfy((key, value) -> assertThat(value).as(key).isNotBlank());
    }

    @Test
    void aTenantCannotBringPairsAlong() {
        assertThat(Who.decode(Who.publicUser("x&UserId=admin\r\nX: y")).orElseThrow())
                .containsEntry("UserId", "PUBLIC_USER");
        assertThat(Who.publicUser("x\r\nX: y")).matches("[!-~]+");
    }

    @Test
    void theWhoIsEchoedAsItCame() {
        String lowercaseEscapes = "UserId%3d7%26Email%3da%40b.example";
        String notEncoded = "UserId=7&FirstName=Ann";

        assertThat(Who.toEcho(List.of(WHO), TENANT)).isEqualTo(WHO);
        assertThat(Who.toEcho(List.of(lowercaseEscapes), TENANT)).isEqualTo(lowercaseEscapes);
        assertThat(Who.toEcho(List.of(notEncoded), TENANT)).isEqualTo(notEncoded);
    }

    @Test
    void theWhoIsFoundBesideBasic() {
        for (List<String> headers : List.of(
                List.of(BASIC, WHO),
                List.of(WHO, BASIC),
                List.of(BASIC + ", " + WHO),
                List.of(WHO + "," + BASIC),
                List.of("basic x", "Bearer y", WHO))) {
            assertThat(Who.toEcho(headers, TENANT)).as(headers.toString()).isEqualTo(WHO);
        }
    }

    @Test
    void withoutAWhoTheUserIsThePublicOne() {
        for (List<String> headers : List.of(
                List.<String>of(), List.of(BASIC), List.of(BASIC, BASIC), List.of(BASIC + "," + BASIC), List.of(""))) {
            assertThat(Who.toEcho(headers, TENANT)).isEqualTo(Who.publicUser(TENANT));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "=",
                "&",
                "UserId",
                "=7",
                "nonsense",
                "Unknown=7",
                "Bearer UserId=7",
                "Bearer%20UserId=7",
                "Basic UserId=7",
                "UserId=%",
                "UserId=%zz",
                "UserId=7\r\nX: y",
                "UserId=7 8",
                "UserId=ü"
            })
    void whatIsNoWhoIsNeverSentOn(String value) {
        assertThat(Who.decode(value)).isEmpty();
        assertThat(Who.toEcho(List.of(value), TENANT)).isEqualTo(Who.publicUser(TENANT));
    }

    @Test
    void aWhoLongerThanAHeaderIsNone() {
        assertThat(Who.decode("UserId=" + "7".repeat(8_185))).isPresent();
        assertThat(Who.decode("UserId=" + "7".repeat(8_186))).isEmpty();
    }

    @Test
    void anyHeaderGivesOneThatCanBeSentAndRead() {
        Random random = new Random(20260102);
        String alphabet = "UserId=Token&%3D26, +Basic \r\n\0é💥ab";
        for (int round = 0; round < 5_000; round++) {
            StringBuilder header = new StringBuilder(random.nextBoolean() ? "UserId%3D" : "");
            for (int length = random.nextInt(40); length > 0; length--) {
                header.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            String echo = Who.toEcho(List.of(header.toString()), TENANT);

            assertThat(echo).matches("[!-~]+").doesNotContainIgnoringCase("basic ");
            assertThat(Who.decode(echo).orElseThrow()).isNotEmpty();
        }
    }

    @Test
    void whatIsEncodedCanBeDecoded() {
        Random random = new Random(3);
        for (int round = 0; round < 1_000; round++) {
            Map<String, String> pairs = Map.of("UserId", anyValue(random), "Token", anyValue(random));

            assertThat(Who.decode(Who.encode(pairs))).contains(pairs);
        }
    }

    private static String anyValue(Random random) {
        String alphabet = "ab=+%, ;\"ü漢";
        StringBuilder value = new StringBuilder();
        for (int length = random.nextInt(12); length > 0; length--) {
            value.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return value.toString();
    }
}
