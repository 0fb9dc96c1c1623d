package dev.flowmail.verification.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.verification.schedules.Step.Deed;
import dev.flowmail.verification.schedules.Step.Since;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ScheduleTest {
    private static final List<Schedule> HUNDRED =
            IntStream.range(0, 100).mapToObj(number -> Schedule.of(1, number)).toList();

    @Test
    void theSameSeedAndNumberMakeTheSameSchedule() {
        assertThat(Schedule.of(4711, 12)).isEqualTo(Schedule.of(4711, 12));
        assertThat(Schedule.of(4711, 12).steps())
                .isNotEqualTo(Schedule.of(4712, 12).steps());
    }

    @Test
    void aHundredHoldEverythingThatCanBeDone() {
        assertThat(HUNDRED)
                .flatExtracting(Schedule::steps)
                .extracting(Step::deed)
                .contains(Deed.values());
        assertThat(HUNDRED).flatExtracting(Schedule::mails).contains(Manners.OfMail.values());
        assertThat(HUNDRED).flatExtracting(Schedule::flow).contains(Manners.OfFlow.values());
    }

    @Test
    void someHoldADecisionAndHaveAllHappenMeanwhile() {
        assertThat(HUNDRED)
                .filteredOn(schedule -> schedule.holdSeconds() > 0)
                .hasSizeBetween(20, 45)
                .flatExtracting(Schedule::steps)
                .filteredOn(step -> step.since() == Since.HELD)
                .extracting(Step::deed)
                .contains(
                        Deed.CLICK,
                        Deed.CHANGE,
                        Deed.RELEASE,
                        Deed.WITHDRAW,
                        Deed.CANCEL,
                        Deed.EVICT,
                        Deed.RESET,
                        Deed.KILL);
        assertThat(HUNDRED).extracting(Schedule::confirmation).contains("button", "careful");
    }

    @Test
    void oneInTenKillsFlowmail() {
        assertThat(HUNDRED)
                .filteredOn(Schedule::killsFlowmail)
                .hasSize(10)
                .allSatisfy(schedule ->
                        assertThat(schedule.steps()).extracting(Step::deed).contains(Deed.KILL));
    }
}
