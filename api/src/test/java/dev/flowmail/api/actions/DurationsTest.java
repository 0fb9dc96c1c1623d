package dev.flowmail.api.actions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "PT48H,172800",
        "P3D,259200",
        "pt1h30m,5400",
        "P1DT1H,90000",
        "P2W,1209600",
        "PT1S,1",
        "PT1.000S,1",
        "90 minutes,5400",
        "1 minute,60",
        "48 hours,172800",
        "48hours,172800",
        "3 Days,259200",
        "' 2  weeks ',1209600",
        "30 seconds,30",
        "119 days,10281600"
    })
    void peopleWriteDurationsInManyForms(String given, long seconds) {
        assertThat(Durations.parse("Timeout", given)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
