package dev.flowmail.api.temporal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class MailPlacesTest {
    /** Near the end of the clock's range, which it may pass at any time. */
    private static final long NOW = Long.MAX_VALUE - Duration.ofMillis(20).toNanos();

    private final MailPlaces places = new MailPlaces(2);

    @Test
    void asManyAreInsideAsThereArePlaces() {
        places.take();
        assertThat(places.isFree(NOW)).isTrue();
        places.take();
        assertThat(places.isFree(NOW)).isFalse();
    }

    @Test
    void aPlaceIsFreeAtOnceWhileNoDecisionIsAsked() {
        places.take();
        places.take();
        places.leave(NOW, at(10));

        assertThat(places.isFree(at(10))).isTrue();
        assertThat(places.nanosToNext(at(10))).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void besideADecisionAPlaceRestsForLongerThanTheMailsStartTook() {
        places.decisionAsked(NOW);
        places.take();
        places.take();
        places.leave(NOW, at(10));

        assertThat(places.isFree(at(59))).isFalse();
        assertThat(at(59) + places.nanosToNext(at(59))).isEqualTo(at(60));
        assertThat(places.isFree(at(60))).isTrue();
    }

    @Test
    void whoeverRestsShortestIsBackFirst() {
        places.decisionAsked(NOW);
        places.take();
        places.take();
        places.leave(NOW, at(20));
        places.leave(at(10), at(20));

        assertThat(places.isFree(at(69))).isFalse();
        assertThat(places.isFree(at(70))).isTrue();
        places.take();
        assertThat(places.isFree(at(119))).isFalse();
        assertThat(places.isFree(at(120))).isTrue();
    }

    @Test
    void noPlaceRestsForLongerThanASecond() {
        places.decisionAsked(at(4_900));
        places.take();
        places.take();
        places.leave(NOW, at(5_000));

        assertThat(places.isFree(at(5_999))).isFalse();
        assertThat(places.isFree(at(6_000))).isTrue();
    }

    @Test
    void aSecondAfterTheLastDecisionMailsGoOnAsBefore() {
        places.decisionAsked(NOW);
        places.take();
        places.take();
        places.leave(at(990), at(1_000));

        assertThat(places.isFree(at(1_000))).isTrue();
    }

    private static long at(long millis) {
        return NOW + Duration.ofMillis(millis).toNanos();
    }
}
