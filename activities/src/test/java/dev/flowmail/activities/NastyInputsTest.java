package dev.flowmail.activities;

import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.flowmail.activities.attachments.FileName;
import dev.flowmail.activities.flow.Who;
import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.activities.network.HostName;
import dev.flowmail.activities.network.WebAddress;
import dev.flowmail.activities.smtp.MailAddress;
import dev.flowmail.workflows.decision.Durations;
import dev.flowmail.workflows.mail.Mailbox;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every function that reads a caller's word (an address, a name, a code), with the longest of the nastiest texts. */
class NastyInputsTest {

    /** What takes time by the square of this takes hours; what nests by it, the stack. */
    private static final int LENGTH = 2_000_000;

    private static final Duration SECONDS = Duration.ofSeconds(20);
    private static final List<String> REPEATS = List.of(
            "a", ".", "a.", "-", " ", "\"", "\\", "\\\"", "'", ",", ";", ":", "<", ">", "@", "a@", "a@b.", "%", "%25",
            "%2e", "%252", "/", "//", "a/", "?", "#", "&", "=", "a=", "[", "]", "1", "1.", "0x", "\u200b", "\u00ad",
            "\ufe0f", "\ufdfa", "\u00e9", "\u00e9.", "\u3002", "xn--a.", "=?", "P1D", "1 day", "\n", "\r\n", "\ud83d");

    private static final LinkCodes CODES = new LinkCodes(new KeyRing(List.of(new Key("test", new byte[Key.SIZE]))));

    @TestFactory
    Stream<DynamicTest> everyFunctionTakesTimeByTheLengthOnly() {
        Map<String, Consumer<String>> functions = new LinkedHashMap<>();
        functions.put("MailAddress", MailAddress::is);
        functions.put("Mailbox", Mailbox::isAddress);
        functions.put("HostName", HostName::toAscii);
        functions.put("HostName shown", HostName::toUnicode);
        functions.put("WebAddress", WebAddress::parse);
        functions.put("LinkCodes", CODES::open);
        functions.put("FileName", FileName::cut);
        functions.put("Who", Who::decode);
        functions.put("Durations", NastyInputsTest::duration);
        return functions.entrySet().stream()
                .map(function -> DynamicTest.dynamicTest(
                        function.getKey(), () -> assertTimeoutPreemptively(SECONDS, () -> feed(function.getValue()))));
    }

    private static void feed(Consumer<String> function) {
        for (String repeat : REPEATS) {
            String text = repeat.repeat(LENGTH / repeat.length());
            for (String whole : List.of(
                    text, "a" + text + "a", "a@" + text + "!", text + "@b.example", "https://" + text + "\u0001")) {
                function.accept(whole);
            }
        }
    }

    private static void duration(String text) {
        try {
            var ignored = Durations.parse(text);
        } catch (RuntimeException refused) {
            // as it should be
        }
    }
}
