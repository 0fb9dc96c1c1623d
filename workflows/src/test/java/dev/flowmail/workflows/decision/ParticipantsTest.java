package dev.flowmail.workflows.decision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.mail.Mailbox;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParticipantsTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    static Stream<Long> seeds() {
        return new Random(2).longs(300).boxed();
    }

    /** Answers in any order, repeated, changed, from nobody here and from former holders of a place. */
    @ParameterizedTest
    @MethodSource("seeds")
    void theFirstAnswerOfEachStandsInOrderOfArrival(long seed) {
        Random random = new Random(seed);
        int people = 1 + random.nextInt(5);
        Participants participants = new Participants(IntStream.range(0, people)
                .mapToObj(place -> new Mailbox("person" + place + "@example.com", null))
                .toList());
        Map<Integer, Integer> expected = new LinkedHashMap<>();

        for (int signal = 0; signal < 20; signal++) {
            Decide answer =
                    new Decide(random.nextInt(people + 2) - 1, random.nextInt(2), random.nextInt(3), null, null);
            Instant at = START.plusSeconds(signal);
            participants
                    .author(answer)
                    .ifPresent(author -> participants.answers(author, new Given(answer.outcome(), null, at, null)));
            if (answer.recipient() >= 0 && answer.recipient() < people && answer.generation() == 0) {
                expected.putIfAbsent(answer.recipient(), answer.outcome());
            }
        }

        assertThat(participants.answered().stream().map(Participant::index))
                .containsExactlyElementsOf(expected.keySet());
        assertThat(participants.choices()).isEqualTo(List.copyOf(expected.values()));
        assertThat(participants.outstanding()).isEqualTo(people - expected.size());
        assertThat(participants.answered().stream().map(one -> one.given().at()))
                .isSorted();
    }
}
