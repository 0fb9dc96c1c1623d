package dev.flowmail.activities.links;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.workflows.mail.Question.Comments;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinkCodesTest {

    private static final String BASE64URL = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    private static final String EARLIER_ID = "decision-0000000000000000000000000000000000000003";
    private static final String EARLIER_CODE = "AQAAAAAAAAAAAAAAAAAAAAAAAAADAAAAAAIA7542WUkn24uOK7aeAOSTiyjrIcc3JSN_";
    private static final Key OLD = key("old", 1);
    private static final Key NEW = key("new", 2);
    private static final LinkCodes CODES = new LinkCodes(new KeyRing(List.of(NEW)));

    static Stream<DecisionLink> links() {
        Random random = new Random(20260102);
        Stream<DecisionLink> extremes = Stream.of(
                new DecisionLink("decision-" + "0".repeat(40), 0, 0, 0, 1, Comments.OFF),
                new DecisionLink("decision-" + "f".repeat(40), 65_535, 255, 254, 255, Comments.REQUIRED));
        return Stream.concat(extremes, Stream.generate(() -> anyLink(random)).limit(200));
    }

    @ParameterizedTest
    @MethodSource("links")
    void aCodeSaysWhatItsLinkSays(DecisionLink link) {
        String code = CODES.mint(link);

        assertThat(code).hasSize(68).matches("[A-Za-z0-9_-]+");
        assertThat(CODES.verify(code)).contains(link);
    }

    @Test
    void noCodeEndsInAMarkThatAMailReaderWouldLeaveOut() {
        Random random = new Random(8);
        for (int round = 0; round < 2_000; round++) {
            DecisionLink link = anyLink(random);
            String code = CODES.mint(link);
            assertThat(code).matches("[A-Za-z0-9_-]{67}[A-Za-z0-9]");
            assertThat(CODES.mint(link)).isEqualTo(code);
            assertThat(CODES.verify(code)).contains(link);
        }
    }

    @Test
    void theLinkForScannersNamesItsRecipientAndIsNoDecisionLink() {
        Random random = new Random(7);
        for (int round = 0; round < 200; round++) {
            DecisionLink link = anyLink(random);
            String check = CODES.mintCheck(link);

            assertThat(check).matches("[A-Za-z0-9_-]{67}[A-Za-z0-9]");
            assertThat(CODES.verify(check)).isEmpty();
            assertThat(CODES.openCheck(check + ".")).map(DecisionLink::holder).contains(link.holder());
            assertThat(CODES.openCheck(CODES.mint(link))).isEmpty();
        }
    }

    /** A code of the first release, which 1 in 32 ended so. */
    @Test
    void anEarlierReleasesCodeThatEndsInAMarkStillWorks() {
        DecisionLink link = new DecisionLink(EARLIER_ID, 0, 0, 0, 2, Comments.OFF);

        assertThat(CODES.verify(EARLIER_CODE)).contains(link);
        assertThat(CODES.mint(link)).isNotEqualTo(EARLIER_CODE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                ".",
                ">",
                ")",
                ").",
                ">.",
                "//",
                ",",
                "|",
                "`",
                "\\",
                " ",
                "\u00a0",
                "\u200b",
                "\u3002",
                "\u300d",
                "\u201d.",
                "\u00bb",
                "\u2026",
                "%3E",
                "%29",
                "%2e",
                "%2F",
                "%253E",
                "%20",
                "%0D%0A",
                "%7C",
                "%60",
                "%C2%A0",
                "%e3%80%82",
                "%25E2%2580%258B",
                "%E2%80%9D."
            })
    void whatAMailReaderAddedToALinkIsForgiven(String added) {
        DecisionLink link = anyLink(new Random(9));

        assertThat(CODES.open(CODES.mint(link) + added)).contains(link);
    }

    @Test
    void marksOfACodeMayBePercentEncoded() {
        Random random = new Random(10);
        for (int round = 0; round < 200; round++) {
            DecisionLink link = anyLink(random);
            String code = CODES.mint(link);
            assertThat(CODES.open(code.replace("-", "%2D").replace("_", "%5f"))).contains(link);
            assertThat(CODES.open(code.replace("-", "%252d").replace("_", "%255F")))
                    .contains(link);
        }
    }

    @Test
    void whatIsNoMarkAtItsEndMakesALinkAnother() {
        String code = CODES.mint(anyLink(new Random(11)));

        for (String opened : List.of(
                code + "A",
                code + "-",
                code + "_",
                "/" + code,
                code + "/x",
                code + "%",
                code + "%zz",
                code + "%41",
                code + "\u00e9",
                code + "%C3%A9",
                code + "%C3",
                code + "%00")) {
            assertThat(CODES.open(opened)).as(opened).isEmpty();
        }
    }

    @Test
    void everyOtherSpellingOfACodeIsRefused() {
        everyOtherSpellingIsRefused(CODES.mint(anyLink(new Random(1))));
        everyOtherSpellingIsRefused(CODES.mint(new DecisionLink(EARLIER_ID, 0, 0, 0, 2, Comments.OFF)));
    }

    private static void everyOtherSpellingIsRefused(String code) {
        for (int place = 0; place < code.length(); place++) {
            for (char other : (BASE64URL + "+/=. %\u0000\u00e9").toCharArray()) {
                if (other != code.charAt(place)) {
                    String changed = code.substring(0, place) + other + code.substring(place + 1);
                    assertThat(CODES.verify(changed)).as(changed).isEmpty();
                }
            }
        }
    }

    @Test
    void everyFlippedBitIsNoticed() {
        Random random = new Random(2);
        for (int round = 0; round < 20; round++) {
            byte[] bytes = Base64.getUrlDecoder().decode(CODES.mint(anyLink(random)));
            for (int bit = 0; bit < bytes.length * 8; bit++) {
                byte[] changed = bytes.clone();
                changed[bit / 8] ^= (byte) (1 << bit % 8);
                assertThat(CODES.verify(Base64.getUrlEncoder().encodeToString(changed)))
                        .isEmpty();
            }
        }
    }

    @Test
    void everyTruncatedOrLongerCodeIsRefused() {
        String code = CODES.mint(anyLink(new Random(3)));
        for (int length = 0; length < code.length(); length++) {
            assertThat(CODES.verify(code.substring(0, length))).isEmpty();
            assertThat(CODES.verify(code.substring(length + 1))).isEmpty();
        }
        for (String more : List.of("A", "AAAA", "=", "\n", " ", "/", "A".repeat(1_000_000))) {
            assertThat(CODES.verify(code + more)).isEmpty();
            assertThat(CODES.verify(more + code)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "../../etc/passwd", "decision-0000", "%00", "💥"})
    void whatIsNoCodeIsRefused(String code) {
        assertThat(CODES.verify(code)).isEmpty();
    }

    @Test
    void randomCodesAreRefused() {
        Random random = new Random(4);
        byte[] bytes = new byte[51];
        for (int round = 0; round < 5_000; round++) {
            random.nextBytes(bytes);
            bytes[0] = 1;
            assertThat(CODES.verify(Base64.getUrlEncoder().encodeToString(bytes)))
                    .isEmpty();
        }
    }

    @Test
    void rotationKeepsMailedLinksAlive() {
        DecisionLink link = anyLink(new Random(5));
        String mailed = new LinkCodes(new KeyRing(List.of(OLD))).mint(link);
        LinkCodes rotated = new LinkCodes(new KeyRing(List.of(NEW, OLD)));

        assertThat(rotated.verify(mailed)).contains(link);
        assertThat(rotated.mint(link)).isEqualTo(CODES.mint(link)).isNotEqualTo(mailed);
    }

    @Test
    void aRemovedKeyKillsItsLinks() {
        String mailed = new LinkCodes(new KeyRing(List.of(OLD))).mint(anyLink(new Random(6)));

        assertThat(CODES.verify(mailed)).isEmpty();
    }

    @Test
    void mailedLinksSurviveAnUpgrade() {
        DecisionLink link =
                new DecisionLink("decision-00112233445566778899aabbccddeeff00112233", 258, 3, 4, 5, Comments.OPTIONAL);

        assertThat(CODES.mint(link)).isEqualTo("AQARIjNEVWZ3iJmqu8zd7v8AESIzAQIDBAUBNkEyK6kUjRRxQmBb193DhCZ6VN48fec0");
    }

    @Test
    void aWorkflowIdTellsRequestsApart() {
        Random random = new Random(7);
        List<String> ids = new ArrayList<>();
        for (int round = 0; round < 200; round++) {
            ids.add(DecisionLink.earlierWorkflowId("tenant" + random.nextInt(), "token" + round));
        }
        ids.add(DecisionLink.earlierWorkflowId("ab", "c"));
        ids.add(DecisionLink.earlierWorkflowId("a", "bc"));
        ids.add(DecisionLink.earlierWorkflowId("", "abc"));

        Set<String> different = new HashSet<>(ids);
        assertThat(different).hasSameSizeAs(ids).allMatch(id -> id.matches("decision-[0-9a-f]{40}"));
        assertThat(DecisionLink.earlierWorkflowId("ab", "c")).isEqualTo(ids.get(200));
    }

    @Test
    void aLinkOutOfRangeIsNotMade() {
        String id = "decision-" + "0".repeat(40);

        assertThatIllegalArgumentException().isThrownBy(() -> new DecisionLink(id + "0", 0, 0, 0, 1, Comments.OFF));
        assertThatIllegalArgumentException().isThrownBy(() -> new DecisionLink(id, 65_536, 0, 0, 1, Comments.OFF));
        assertThatIllegalArgumentException().isThrownBy(() -> new DecisionLink(id, -1, 0, 0, 1, Comments.OFF));
        assertThatIllegalArgumentException().isThrownBy(() -> new DecisionLink(id, 0, 256, 0, 1, Comments.OFF));
        assertThatIllegalArgumentException().isThrownBy(() -> new DecisionLink(id, 0, 0, 0, 256, Comments.OFF));
        assertThatIllegalArgumentException().isThrownBy(() -> new DecisionLink(id, 0, 0, 1, 1, Comments.OFF));
    }

    private static DecisionLink anyLink(Random random) {
        int outcomes = 1 + random.nextInt(255);
        return new DecisionLink(
                DecisionLink.earlierWorkflowId("tenant", "token" + random.nextLong()),
                random.nextInt(65_536),
                random.nextInt(256),
                random.nextInt(outcomes),
                outcomes,
                List.of(Comments.OFF, Comments.OPTIONAL, Comments.REQUIRED).get(random.nextInt(3)),
                random.nextBoolean());
    }

    private static Key key(String id, int seed) {
        return new Key(id, (id + seed + "-".repeat(32)).substring(0, 32).getBytes(StandardCharsets.US_ASCII));
    }
}
