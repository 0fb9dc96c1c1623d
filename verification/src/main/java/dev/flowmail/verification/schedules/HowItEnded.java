package dev.flowmail.verification.schedules;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The end is the same wherever one looks in Temporal, and one that the rules allow. */
record HowItEnded(Facts facts, Ending ending, Faults faults) {

    void judge() {
        theEndIsTheSameEverywhere();
        theEndIsAllowed();
    }

    private void theEndIsTheSameEverywhere() {
        String status = ending.status();
        faults.require(
                facts.attribute().equals(status) || isGivenUp(),
                "FlowmailStatus is " + facts.attribute() + ", the query says " + status);
        List<String> ends = facts.history().stream().filter(Ending::isEnd).toList();
        // what is held may be changed, and withdrawn
        boolean mayDiffer = facts.schedule().holdSeconds() > 0 && !ends.isEmpty();
        faults.require(
                mayDiffer
                        ? ends.get(ends.size() - 1).equals(status)
                        : Set.copyOf(ends).equals(Set.of(status)),
                "the history says " + facts.history() + ", the query " + status);
        faults.require(facts.details().contains(status), "the details are: " + facts.details());
        faults.require(
                List.of("COMPLETED", "CANCELED").contains(facts.runStatus()), "the run ended " + facts.runStatus());
    }

    /** Whether an operator has cancelled it after Flow had refused for good. */
    private boolean isGivenUp() {
        return facts.attribute().equals("CallbackFailed")
                && facts.maybeWithdrawn()
                && facts.told().stream().noneMatch(Told::isSettled);
    }

    private void theEndIsAllowed() {
        String status = ending.status();
        @Nullable String outcome = ending.outcome();
        @Nullable String winner = ending.winner();
        if (facts.withdrawn() > 0) {
            faults.require(status.equals("Withdrawn"), "it was withdrawn, and is " + status);
        }
        switch (status) {
            case "Decided" ->
                faults.require(
                        outcome != null && outcome.equals(winner),
                        "it is decided " + outcome + ", and the answers are " + ending.answers());
            case "TimedOut" -> {
                faults.require(winner == null, "time is up, though the answers " + ending.answers() + " decide it");
                faults.require(
                        Objects.equals(outcome, facts.schedule().timeoutOutcome()),
                        "time is up with the outcome " + outcome);
                faults.require(
                        !ending.time("endedAt").isBefore(ending.time("deadline")), "time is up before the deadline");
            }
            case "NoAgreement" -> {
                faults.require(
                        winner == null && !ending.canBeAgreedOn(), "there could be agreement: " + ending.answers());
                faults.require(
                        Objects.equals(outcome, facts.schedule().timeoutOutcome()),
                        "no agreement has the outcome " + outcome);
            }
            case "Withdrawn" ->
                faults.require(
                        facts.withdrawn() > 0 || facts.maybeWithdrawn(),
                        "it is withdrawn, and nobody has withdrawn it");
            case "MailFailed" ->
                faults.require(
                        facts.schedule().people() - facts.mailRefused().size()
                                < facts.schedule().needed(),
                        "the mail is said to have failed, and enough people could be reached");
            default -> faults.require(false, "it has no end: " + facts.state().path("status"));
        }
    }
}
