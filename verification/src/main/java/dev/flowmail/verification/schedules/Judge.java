package dev.flowmail.verification.schedules;

import dev.flowmail.verification.schedules.Facts.Sent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Says what should not have become of a request: a small model of the rules, and what must be alike wherever one looks. */
final class Judge {
    /** A mail that begins later after Flow was told than this, and than the first one took anyway, should not have begun. */
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    private static final Map<String, String> STATUSES = Map.of(
            "DECIDED", "Decided",
            "TIMED_OUT", "TimedOut",
            "NO_AGREEMENT", "NoAgreement",
            "WITHDRAWN", "Withdrawn",
            "MAIL_FAILED", "MailFailed");

    private static final Map<String, String> FAULTS = Map.of(
            "TimedOut", "Timeout",
            "NoAgreement", "NoAgreement",
            "Withdrawn", "Withdrawn",
            "MailFailed", "MailFailed");

    private final Facts facts;
    private final Schedule schedule;
    private final String status;
    private final @Nullable String outcome;
    private final List<Given> answers;
    private final List<String> faults = new ArrayList<>();

    /** An answer that stands. */
    private record Given(String address, String outcome) {
        @Override
        public String toString() {
            return address + "=" + outcome;
        }
    }

    private Judge(Facts facts) {
        this.facts = facts;
        this.schedule = facts.schedule();
        this.status = STATUSES.getOrDefault(facts.state().path("status").asString(""), "none");
        this.outcome = choice(facts.state().path("outcome"));
        this.answers = facts.state()
                .path("people")
                .valueStream()
                .filter(person -> person.path("answer").isObject())
                .map(person -> new Given(
                        address(person),
                        Objects.requireNonNullElse(choice(person.path("answer").path("outcome")), "")))
                .toList();
    }

    /** Returns sentences; none when all is well. */
    static List<String> judge(Facts facts) {
        Judge judge = new Judge(facts);
        judge.oneEndIsTold();
        judge.repeatsAreExplained();
        judge.theEndIsTheSameEverywhere();
        judge.theEndIsAllowed();
        judge.aHeldEndIsNotToldEarly();
        judge.nobodyIsIgnored();
        judge.nobodyIsMailedAfterTheEnd();
        judge.pagesSayTheEnd();
        return List.copyOf(judge.faults);
    }

    private @Nullable String choice(JsonNode place) {
        return place.isNumber()
                ? facts.state().path("choices").path(place.asInt()).asString("")
                : null;
    }

    private static String address(JsonNode person) {
        return person.path("mailbox").path("address").asString("");
    }

    private void require(boolean condition, String fault) {
        if (!condition) {
            faults.add(fault);
        }
    }

    private void oneEndIsTold() {
        require(!facts.told().isEmpty(), "Flow was never told");
        List<String> ends = facts.told().stream().map(Told::end).distinct().toList();
        require(ends.size() < 2, "Flow was told two ends: " + String.join(", then ", ends));
        long contents = facts.told().stream().map(Told::content).distinct().count();
        require(ends.size() > 1 || contents < 2, "Flow was told one end with different contents");
        require(facts.told().stream().allMatch(Told::hasReceipt), "Flow was given no receipt");
    }

    private void repeatsAreExplained() {
        for (int later = 1; later < facts.told().size(); later++) {
            Told before = facts.told().get(later - 1);
            Told repeat = facts.told().get(later);
            boolean disturbed = Stream.concat(facts.killed().stream(), facts.reset().stream())
                    .anyMatch(at -> at.isAfter(before.at()) && at.isBefore(repeat.at()));
            require(!before.isSettled() || disturbed, "Flow was told again though it had answered");
        }
    }

    private void theEndIsTheSameEverywhere() {
        require(
                facts.attribute().equals(status) || isGivenUp(),
                "FlowmailStatus is " + facts.attribute() + ", the query says " + status);
        List<String> ends =
                facts.history().stream().filter(STATUSES::containsValue).toList();
        // what is held may be changed, and withdrawn
        boolean mayDiffer = schedule.holdSeconds() > 0 && !ends.isEmpty();
        require(
                mayDiffer
                        ? ends.get(ends.size() - 1).equals(status)
                        : Set.copyOf(ends).equals(Set.of(status)),
                "the history says " + facts.history() + ", the query " + status);
        require(facts.details().contains(status), "the details are: " + facts.details());
        require(List.of("COMPLETED", "CANCELED").contains(facts.runStatus()), "the run ended " + facts.runStatus());
        for (Told told : facts.told()) {
            String expected = outcome != null ? outcome : FAULTS.getOrDefault(status, "no fault");
            require(
                    told.end().equals(expected) && told.isFault() == (outcome == null),
                    "Flow was told " + told.end() + ", the query says " + status + " " + outcome);
            List<String> stand = answers.stream().map(Given::toString).sorted().toList();
            require(
                    told.answers().stream().sorted().toList().equals(stand),
                    "Flow was told of the answers " + told.answers() + ", the query says " + stand);
        }
    }

    /** Whether an operator has cancelled it after Flow had refused for good. */
    private boolean isGivenUp() {
        return facts.attribute().equals("CallbackFailed")
                && facts.maybeWithdrawn()
                && facts.told().stream().noneMatch(Told::isSettled);
    }

    private void theEndIsAllowed() {
        @Nullable String winner = winner();
        if (facts.withdrawn() > 0) {
            require(status.equals("Withdrawn"), "it was withdrawn, and is " + status);
        }
        switch (status) {
            case "Decided" ->
                require(
                        outcome != null && outcome.equals(winner),
                        "it is decided " + outcome + ", and the answers are " + answers);
            case "TimedOut" -> {
                require(winner == null, "time is up, though the answers " + answers + " decide it");
                require(Objects.equals(outcome, schedule.timeoutOutcome()), "time is up with the outcome " + outcome);
                require(!time("endedAt").isBefore(time("deadline")), "time is up before the deadline");
            }
            case "NoAgreement" -> {
                require(winner == null && !canBeAgreedOn(), "there could be agreement: " + answers);
                require(Objects.equals(outcome, schedule.timeoutOutcome()), "no agreement has the outcome " + outcome);
            }
            case "Withdrawn" ->
                require(
                        facts.withdrawn() > 0 || facts.maybeWithdrawn(),
                        "it is withdrawn, and nobody has withdrawn it");
            case "MailFailed" ->
                require(
                        schedule.people() - facts.mailRefused().size() < schedule.needed(),
                        "the mail is said to have failed, and enough people could be reached");
            default -> faults.add("it has no end: " + facts.state().path("status"));
        }
    }

    private void aHeldEndIsNotToldEarly() {
        if (schedule.holdSeconds() == 0
                || !status.equals("Decided")
                || facts.released()
                || facts.told().isEmpty()) {
            return;
        }
        String giver = address(facts.state()
                .path("people")
                .path(facts.state().path("decidedBy").asInt()));
        Duration held = facts.clicks().stream()
                .filter(click -> click.address().equals(giver) && !click.isRefused())
                .map(click ->
                        Duration.between(click.begun(), facts.told().get(0).at()))
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
        require(
                held.toSeconds() >= schedule.holdSeconds(),
                "Flow was told after " + held.toMillis() + " ms of a hold of " + schedule.holdSeconds() + " s");
    }

    /** The outcome that wins by the answers that stand; null when none does. */
    private @Nullable String winner() {
        List<String> given = answers.stream().map(Given::outcome).toList();
        if (schedule.vetoed() && given.contains(Schedule.REJECT)) {
            return Schedule.REJECT;
        }
        return given.stream()
                .filter(one -> Collections.frequency(given, one) >= schedule.needed())
                .findFirst()
                .orElse(null);
    }

    /** Whether people who have not answered, and whose mails are not refused for good, could still agree. */
    private boolean canBeAgreedOn() {
        List<String> given = answers.stream().map(Given::outcome).toList();
        int outstanding = (int) facts.state()
                .path("people")
                .valueStream()
                .filter(person -> !person.path("answer").isObject())
                .filter(person -> !person.path("mail").asString("").equals("FAILED"))
                .count();
        int most = given.stream()
                .mapToInt(one -> Collections.frequency(given, one))
                .max()
                .orElse(0);
        return most + outstanding >= schedule.needed() || (schedule.vetoed() && outstanding > 0);
    }

    private void nobodyIsIgnored() {
        for (Click click : facts.clicks()) {
            Given given = new Given(click.address(), click.outcome());
            require(
                    !(click.isAskedForCode() && click.how() == Click.How.CODE),
                    given + " was asked for a code though it came with one");
            if (click.isRecorded()) {
                require(
                        answers.contains(given) || facts.clicks().stream().anyMatch(other -> mayReplace(other, click)),
                        given + " was told that it is recorded, and the answers are " + answers);
            } else if (click.isRefused() && facts.clicks().stream().noneMatch(other -> mayCount(other, click))) {
                require(!answers.contains(given), given + " was told that it does not count, and it does");
            }
        }
    }

    /** Whether another click may have put another answer in the place of the one that was recorded. */
    private static boolean mayReplace(Click other, Click recorded) {
        return other.how() == Click.How.CHANGE
                && other.address().equals(recorded.address())
                && !other.outcome().equals(recorded.outcome())
                && !other.isRefused()
                && !other.answered().isBefore(recorded.begun());
    }

    /** Whether another click with the same answer may be the one that counts. */
    private static boolean mayCount(Click other, Click refused) {
        return other.address().equals(refused.address())
                && other.outcome().equals(refused.outcome())
                && !other.isRefused();
    }

    private void nobodyIsMailedAfterTheEnd() {
        if (facts.told().isEmpty()) {
            return;
        }
        Instant last = facts.told().get(0).at().plus(ON_ITS_WAY).plus(usualDelay());
        for (Sent mail : facts.mails()) {
            require(
                    !mail.begun().isAfter(last),
                    mail.address() + " was mailed "
                            + Duration.between(facts.told().get(0).at(), mail.begun())
                                    .toMillis()
                            + " ms after Flow was told");
        }
    }

    /** How long mails take on a machine as busy as this one. */
    private Duration usualDelay() {
        return facts.mails().stream()
                .map(mail -> Duration.between(facts.accepted(), mail.begun()))
                .min(Comparator.naturalOrder())
                .filter(delay -> !delay.isNegative())
                .orElse(Duration.ZERO);
    }

    private void pagesSayTheEnd() {
        facts.pages().forEach((address, page) -> {
            boolean holdsAPlace = facts.state()
                    .path("people")
                    .valueStream()
                    .anyMatch(person -> address(person).equals(address));
            int expected = status.equals("Decided") && holdsAPlace ? 200 : 410;
            require(page.status() == expected, address + "'s page answers " + page.status() + " when it is " + status);
            require(!page.asks(), address + "'s page still asks");
            require(
                    !holdsAPlace || outcome == null || page.text().contains(outcome),
                    address + "'s page does not say " + outcome + ", but " + page.text());
        });
    }

    private Instant time(String name) {
        return Instant.parse(facts.state().path(name).asString());
    }
}
