package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeZonesTest {

    @ParameterizedTest
    @CsvSource({
        "Europe/Berlin, Europe/Berlin",
        "' europe/BERLIN ', Europe/Berlin",
        "America/New York, America/New_York",
        "utc, UTC",
        "Asia/Kolkata, Asia/Kolkata"
    })
    void namesOfIanaAreZones(String given, String zone) {
        assertThat(TimeZones.parse(given)).hasValue(ZoneId.of(zone));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Z", "+02:00", "UTC+2", "Berlin", "Europe/Atlantis", "../etc/passwd"})
    void allElseIsNone(String given) {
        assertThat(TimeZones.parse(given)).isEmpty();
    }

    @Test
    void aRequestThatKeptNoneOrOneOfAnotherJavaIsToldInUtc() {
        assertThat(TimeZones.of(null)).isEqualTo(ZoneId.of("UTC"));
        assertThat(TimeZones.of("Europe/Atlantis")).isEqualTo(ZoneId.of("UTC"));
        assertThat(TimeZones.of("Asia/Tokyo")).isEqualTo(ZoneId.of("Asia/Tokyo"));
    }
}
