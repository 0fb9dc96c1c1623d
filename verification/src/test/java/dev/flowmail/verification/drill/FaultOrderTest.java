package dev.flowmail.verification.drill;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultOrderTest {
    private static final List<Fault> FAULTS = IntStream.range(0, 12)
            .mapToObj(number -> new Fault("fault " + number, "subject " + number % 5, () -> {}, () -> {}))
            .toList();

    @Test
    void aSeedMakesOneOrder() {
        assertThat(names(4711)).isEqualTo(names(4711)).isNotEqualTo(names(4712));
    }

    @Test
    void eachStrikesOnceBeforeAnyStrikesAgain() {
        FaultOrder order = new FaultOrder(FAULTS, 1);

        List<Fault> struck = Stream.generate(order::next)
                .takeWhile(next -> order.isIncomplete())
                .flatMap(List::stream)
                .toList();

        assertThat(struck).doesNotHaveDuplicates().hasSizeGreaterThan(FAULTS.size() - 3);
    }

    @Test
    void twoAtTheSameTimeStrikeDifferentThings() {
        FaultOrder order = new FaultOrder(FAULTS, 1);

        assertThat(Stream.generate(order::next).limit(100))
                .anySatisfy(next -> assertThat(next).hasSize(2))
                .allSatisfy(next -> assertThat(next).extracting(Fault::subject).doesNotHaveDuplicates());
    }

    private static List<String> names(long seed) {
        FaultOrder order = new FaultOrder(FAULTS, seed);
        return Stream.generate(order::next)
                .limit(50)
                .map(next -> next.stream().map(Fault::name).toList() + " " + order.chance(1_000))
                .toList();
    }
}
