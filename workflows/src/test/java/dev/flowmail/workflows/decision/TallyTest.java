package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.decision.Tally.Kind;
import dev.flowmail.workflows.decision.Tally.Verdict;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TallyTest {

    @Test
    void oneAnswerDecidesByDefault() {
        Tally tally = new Tally(1, null);

        assertThat(tally.count(List.of(), 2)).isEqualTo(new Verdict(Kind.OPEN, null));
        assertThat(tally.count(List.of(1), 1)).isEqualTo(new Verdict(Kind.WON, 1));
    }

    @Test
    void anOutcomeWinsWhenEnoughHaveChosenIt() {
        Tally twoOfThree = new Tally(2, null);

        assertThat(twoOfThree.count(List.of(0), 2).kind()).isEqualTo(Kind.OPEN);
        assertThat(twoOfThree.count(List.of(0, 1), 1).kind()).isEqualTo(Kind.OPEN);
        assertThat(twoOfThree.count(List.of(0, 1, 0), 0)).isEqualTo(new Verdict(Kind.WON, 0));
    }

    @Test
    void oneAnswerIsEnoughForTheVeto() {
        assertThat(new Tally(3, 1).count(List.of(0, 1), 1)).isEqualTo(new Verdict(Kind.WON, 1));
    }

    @Test
    void noAgreementIsSaidAsSoonAsNobodyCanWin() {
        assertThat(new Tally(2, null).count(List.of(0, 1), 0).kind()).isEqualTo(Kind.NO_AGREEMENT);
        assertThat(new Tally(3, null).count(List.of(0, 1), 1).kind()).isEqualTo(Kind.NO_AGREEMENT);
    }

    @Test
    void aVetoThatCanStillComeKeepsTheRequestOpen() {
        assertThat(new Tally(3, 2).count(List.of(0, 1), 1).kind()).isEqualTo(Kind.OPEN);
    }

    @Test
    void fewerPeopleThanNeededIsAMailFailure() {
        assertThat(new Tally(2, null).count(List.of(0), 0).kind()).isEqualTo(Kind.TOO_FEW);
        assertThat(new Tally(1, null).count(List.of(), 0).kind()).isEqualTo(Kind.TOO_FEW);
    }

    static Stream<Long> seeds() {
        return new Random(1).longs(500).boxed();
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void itEndsOnceAndAsSoonAsItCanWhateverTheOrder(long seed) {
        Random random = new Random(seed);
        int people = 1 + random.nextInt(6);
        int outcomes = 1 + random.nextInt(4);
        Integer veto = random.nextInt(3) == 0 ? random.nextInt(outcomes) : null;
        Tally tally = new Tally(1 + random.nextInt(people), veto);
        List<Integer> answers = random.ints(people, 0, outcomes).boxed().toList();

        List<Kind> kinds = new ArrayList<>();
        for (int given = 0; given <= people; given++) {
            kinds.add(tally.count(answers.subList(0, given), people - given).kind());
        }
        int end = firstNotOpen(kinds);

        assertThat(end).as("everybody has answered, so it has ended").isLessThanOrEqualTo(people);
        boolean couldStillWin = end > 0 && canWin(tally, answers.subList(0, end - 1), people - end + 1, outcomes);
        assertThat(couldStillWin || end == 0)
                .as("it did not end later than it could")
                .isTrue();
        if (kinds.get(end) == Kind.NO_AGREEMENT) {
            assertThat(canWin(tally, answers.subList(0, end), people - end, outcomes))
                    .isFalse();
        }
        Verdict verdict = tally.count(answers.subList(0, end), people - end);
        List<Integer> shuffled = new ArrayList<>(answers.subList(0, end));
        Collections.shuffle(shuffled, random);
        assertThat(tally.count(shuffled, people - end))
                .as("the order does not matter")
                .isEqualTo(verdict);
    }

    private static int firstNotOpen(List<Kind> kinds) {
        return IntStream.range(0, kinds.size())
                .filter(index -> kinds.get(index) != Kind.OPEN)
                .findFirst()
                .orElse(kinds.size());
    }

    /** Tries every way in which the outstanding people could answer. */
    private static boolean canWin(Tally tally, List<Integer> answers, int outstanding, int outcomes) {
        if (tally.count(answers, outstanding).kind() == Kind.WON) {
            return true;
        }
        return outstanding > 0
                && IntStream.range(0, outcomes)
                        .anyMatch(next -> canWin(
                                tally,
                                Stream.concat(answers.stream(), Stream.of(next)).toList(),
                                outstanding - 1,
                                outcomes));
    }
}
