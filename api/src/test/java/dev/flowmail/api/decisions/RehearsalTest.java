package dev.flowmail.api.decisions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.flowmail.activities.keys.Key;
import dev.flowmail.activities.keys.KeyRing;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.templates.Pages;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class RehearsalTest {
    private static final String OPEN = "decision-" + "0a".repeat(20);

    private final FakeRuns runs = new FakeRuns();
    private int mails;
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Test
    void anOpenRequestIsLookedAtUntilItAnswersAndNothingIsDecided() {
        runs.standing = signals -> runs.looks < 3 ? new Standing.Unanswered() : new Standing.Forgotten();

        rehearsal(() -> Optional.of(OPEN)).withTemporal();

        assertThat(runs.looks).isEqualTo(3);
        assertThat(runs.signals).isEmpty();
    }

    @Test
    void aRequestThatDoesNotAnswerIsLeftAfterTenSeconds() {
        runs.unreachable = true;
        rehearsal(() -> Optional.of(OPEN)).withTemporal();
        assertThat(runs.looks).isBetween(3, 5);
    }

    @Test
    void nothingIsLookedAtWhereNothingIsOpenAndNoFailureReachesTheStart() {
        rehearsal(Optional::empty).withTemporal();
        assertThat(runs.looks).isZero();
        assertThatCode(() -> rehearsal(() -> {
                            throw new IllegalStateException("Temporal has no such list");
                        })
                        .withTemporal())
                .doesNotThrowAnyException();
        runs.standing = signals -> {
            throw new IllegalStateException("a broken run");
        };
        assertThatCode(() -> rehearsal(() -> Optional.of(OPEN)).withTemporal()).doesNotThrowAnyException();
    }

    @Test
    void mailsAndPagesAreMadeWithoutTemporal() {
        runs.unreachable = true;
        rehearsal(Optional::empty).withoutTemporal();
        assertThat(mails).isPositive();
        assertThat(runs.looks).isZero();
    }

    @Test
    void aMailThatCannotBeComposedDoesNotReachTheStart() {
        Runnable unwritable = () -> {
            throw new IllegalStateException("no mail");
        };
        Runnable broken = () -> {
            throw new NoClassDefFoundError("no mail");
        };
        assertThatCode(rehearsal(unwritable, Optional::empty)::withoutTemporal).doesNotThrowAnyException();
        assertThatCode(rehearsal(broken, Optional::empty)::withoutTemporal).doesNotThrowAnyException();
    }

    private Rehearsal rehearsal(Supplier<Optional<String>> openRequest) {
        return rehearsal(() -> mails++, openRequest);
    }

    private Rehearsal rehearsal(Runnable mail, Supplier<Optional<String>> openRequest) {
        LinkCodes codes = new LinkCodes(new KeyRing(List.of(new Key("test", new byte[Key.SIZE]))));
        return new Rehearsal(
                mail, openRequest, runs, codes, new PageResponses(new Pages()), () -> now = now.plusSeconds(3));
    }
}
