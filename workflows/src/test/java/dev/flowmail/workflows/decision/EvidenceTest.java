package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.decision.Decide.Visits;
import dev.flowmail.workflows.decision.DecisionState.Given;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

class EvidenceTest {

    private static final Instant TEN = Instant.parse("2026-11-28T10:00:00.597878557Z");

    @Test
    void visitsAreTold() {
        assertThat(seen(new Visits(1, TEN, TEN))).isEqualTo("1 visit of this link before, at 10:00:00Z");
        assertThat(seen(new Visits(4, TEN, TEN.plusSeconds(61))))
                .isEqualTo("4 visits of this link before, from 10:00:00Z to 10:01:01Z");
    }

    @Test
    void timesThatAreToldAlikeAreToldOnce() {
        assertThat(seen(new Visits(2, TEN, TEN.plusMillis(1)))).isEqualTo("2 visits of this link before, at 10:00:00Z");
    }

    private static String seen(Visits visits) {
        return String.valueOf(Evidence.of(
                new Given(0, null, TEN, visits),
                instant -> instant.truncatedTo(ChronoUnit.SECONDS).toString().substring("2026-11-28T".length())));
    }
}
