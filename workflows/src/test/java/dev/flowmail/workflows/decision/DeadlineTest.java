package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeadlineTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Test
    void withoutRemindersOnlyTheEndIsDue() {
        assertThat(remindersOf(new Deadline(START, Duration.ofDays(5), null))).isEmpty();
    }

    @Test
    void remindersGoOutRegularlyAndOnceMoreShortlyBeforeTheEnd() {
        assertThat(remindersOf(new Deadline(START, Duration.ofDays(5), Duration.ofDays(1))))
                .containsExactly(
                        Duration.ofDays(1),
                        Duration.ofDays(2),
                        Duration.ofDays(3),
                        Duration.ofDays(4),
                        Duration.ofHours(108));
    }

    @Test
    void aRegularReminderShortlyBeforeTheEndIsEnough() {
        assertThat(remindersOf(new Deadline(START, Duration.ofHours(50), Duration.ofHours(24))))
                .containsExactly(Duration.ofHours(24), Duration.ofHours(38), Duration.ofHours(48));
    }

    @Test
    void thereAreAtMostTenReminders() {
        assertThat(remindersOf(new Deadline(START, Duration.ofDays(30), Duration.ofHours(1))))
                .hasSize(10);
    }

    @Test
    void aReminderLaterThanTheEndStillGivesOneBeforeIt() {
        assertThat(remindersOf(new Deadline(START, Duration.ofDays(5), Duration.ofDays(20))))
                .containsExactly(Duration.ofDays(4));
    }

    @Test
    void missedRemindersAreNotMadeUpFor() {
        Deadline deadline = new Deadline(START, Duration.ofDays(9), Duration.ofDays(1));

        deadline.reminded(START.plus(Duration.ofDays(4)).plusSeconds(7));

        assertThat(deadline.next()).isEqualTo(START.plus(Duration.ofDays(5)));
    }

    @Test
    void theEndMovesAtMostToTheHundredAndNineteenthDay() {
        Deadline deadline = new Deadline(START, Duration.ofDays(9), null);

        assertThat(deadline.canMoveTo(START.plus(Duration.ofDays(119)))).isTrue();
        assertThat(deadline.canMoveTo(START.plus(Duration.ofDays(119)).plusSeconds(1)))
                .isFalse();
    }

    private static List<Duration> remindersOf(Deadline deadline) {
        List<Duration> reminders = new ArrayList<>();
        while (deadline.next().isBefore(deadline.end())) {
            Instant due = deadline.next();
            reminders.add(Duration.between(START, due));
            deadline.reminded(due);
        }
        return reminders;
    }
}
