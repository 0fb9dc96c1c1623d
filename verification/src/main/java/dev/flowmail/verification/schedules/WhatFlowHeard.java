package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Ending.Given;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Flow is told one end, the one that is everywhere, not too early, and again only where that has a reason. */
record WhatFlowHeard(Facts facts, Ending ending, Faults faults) {
    /** Of the faults, by status. */
    private static final Map<String, String> CODES = Map.of(
            "TimedOut", "Timeout",
            "NoAgreement", "NoAgreement",
            "Withdrawn", "Withdrawn",
            "MailFailed", "MailFailed");

    void judge() {
        oneEndIsTold();
        repeatsAreExplained();
        theEndIsWhatTheQuerySays();
        aHeldEndIsNotToldEarly();
    }

    private void oneEndIsTold() {
        faults.require(!facts.told().isEmpty(), "Flow was never told");
        List<String> ends = facts.told().stream().map(Told::end).distinct().toList();
        faults.require(ends.size() < 2, "Flow was told two ends: " + String.join(", then ", ends));
        long contents = facts.told().stream().map(Told::content).distinct().count();
        faults.require(ends.size() > 1 || contents < 2, "Flow was told one end with different contents");
        faults.require(facts.told().stream().allMatch(Told::hasReceipt), "Flow was given no receipt");
    }

    private void repeatsAreExplained() {
        for (int later = 1; later < facts.told().size(); later++) {
            Told before = facts.told().get(later - 1);
            Told repeat = facts.told().get(later);
            boolean disturbed = Stream.concat(facts.killed().stream(), facts.reset().stream())
                    .anyMatch(at -> at.isAfter(before.at()) && at.isBefore(repeat.at()));
            faults.require(!before.isSettled() || disturbed, "Flow was told again though it had answered");
        }
    }

    private void theEndIsWhatTheQuerySays() {
        String status = ending.status();
        @Nullable String outcome = ending.outcome();
        String expected = outcome != null ? outcome : CODES.getOrDefault(status, "no fault");
        List<String> stand =
                ending.answers().stream().map(Given::toString).sorted().toList();
        for (Told told : facts.told()) {
            faults.require(
                    told.end().equals(expected) && told.isFault() == (outcome == null),
                    "Flow was told " + told.end() + ", the query says " + status + " " + outcome);
            faults.require(
                    told.answers().stream().sorted().toList().equals(stand),
                    "Flow was told of the answers " + told.answers() + ", the query says " + stand);
        }
    }

    private void aHeldEndIsNotToldEarly() {
        if (facts.schedule().holdSeconds() == 0
                || !ending.status().equals("Decided")
                || facts.released()
                || facts.told().isEmpty()) {
            return;
        }
        String giver = ending.decider();
        Duration held = facts.clicks().stream()
                .filter(click -> click.address().equals(giver) && !click.isRefused())
                .map(click ->
                        Duration.between(click.begun(), facts.told().get(0).at()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        faults.require(
                held.toSeconds() >= facts.schedule().holdSeconds(),
                "Flow was told after " + held.toMillis() + " ms of a hold of "
                        + facts.schedule().holdSeconds() + " s");
    }
}
