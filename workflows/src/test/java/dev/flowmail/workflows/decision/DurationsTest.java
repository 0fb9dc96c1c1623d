package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT48H, PT48H",
        "P3D, PT72H",
        "p2w, PT336H",
        "90 minutes, PT90M",
        "1 minute, PT1M",
        "48 hours, PT48H",
        "3 days, PT72H",
        "2 Weeks, PT336H",
        "' 45 seconds ', PT45S",
        "P1DT12H, PT36H"
    })
    void readsTheFormsThatPeopleWrite(String text, Duration expected) {
        assertThat(Durations.parse(text)).hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "0 days",
                "-3 days",
                "PT0S",
                "-PT5M",
                "PT0.5S",
                "P1M",
                "1.5 hours",
                "3 days 2 hours",
                "99999999999 days",
                "PT999999999999999999H",
                "٣ days"
            })
    void refusesEverythingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = 20_261_123)
    void whateverStandsThereIsADurationOrNone(long seed) {
        Random random = new Random(seed);
        String alphabet = "PTYMWDHS0123456789-+., secondminuthrdayswk\u0663\u0000\n";
        int read = 0;
        for (int round = 0; round < 50_000; round++) {
            StringBuilder text = new StringBuilder(random.nextBoolean() ? "P" : random.nextInt(1_000) + " ");
            for (int length = random.nextInt(12); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            text.append(random.nextInt(3) == 0 ? "days" : "");
            Optional<Duration> duration = Durations.parse(text.toString());
            assertThat(duration.filter(found -> found.getSeconds() < 1 || found.getNano() != 0))
                    .as("seed %d: %s", seed, text)
                    .isEmpty();
            read += duration.isPresent() ? 1 : 0;
        }
        assertThat(read).as("durations among them").isPositive();
        assertThat(Durations.parse("P" + "9".repeat(10_000_000) + "D")).isEmpty();
    }
}
