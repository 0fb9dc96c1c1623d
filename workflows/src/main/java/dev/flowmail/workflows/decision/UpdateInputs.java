package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionWorkflow.Extension;
import dev.flowmail.workflows.decision.DecisionWorkflow.Reassignment;
import io.temporal.failure.ApplicationFailure;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads what operators write into their updates. What cannot be read is refused with a sentence that names no address. */
final class UpdateInputs {

    private final Participants participants;

    UpdateInputs(Participants participants) {
        this.participants = participants;
    }

    static Instant newEnd(@Nullable Extension extension) {
        return Optional.ofNullable(extension)
                .map(Extension::timeout)
                .flatMap(Durations::parse)
                .map(Run.now()::plus)
                .orElseThrow(() -> refused("timeout must be " + Durations.FORMS + "."));
    }

    /** Who shall answer from now on. */
    static String to(@Nullable Reassignment reassignment) {
        return given(reassignment, Reassignment::to);
    }

    /** Who shall not answer any more. */
    Participant from(@Nullable Reassignment reassignment) {
        return holding(given(reassignment, Reassignment::from));
    }

    Participant holding(@Nullable String address) {
        return Optional.ofNullable(address)
                .flatMap(participants::holding)
                .orElseThrow(() -> refused("No recipient of this request has that address."));
    }

    private static String given(
            @Nullable Reassignment reassignment, Function<Reassignment, @Nullable String> component) {
        return Optional.ofNullable(reassignment)
                .map(component)
                .map(String::strip)
                .orElseThrow(() -> refused("from and to must each be an email address."));
    }

    static void require(boolean condition, String sentence) {
        if (!condition) {
            throw refused(sentence);
        }
    }

    private static ApplicationFailure refused(String sentence) {
        return ApplicationFailure.newNonRetryableFailure(sentence, DecisionWorkflow.REFUSED);
    }
}
