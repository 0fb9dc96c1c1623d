package dev.flowmail.verification.schedules;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** How a request has ended, as the query says, and what the rules say of the answers that stand. */
final class Ending {
    private static final Map<String, String> STATUSES = Map.of(
            "DECIDED", "Decided",
            "TIMED_OUT", "TimedOut",
            "NO_AGREEMENT", "NoAgreement",
            "WITHDRAWN", "Withdrawn",
            "MAIL_FAILED", "MailFailed");

    private final JsonNode state;
    private final Schedule schedule;

    Ending(Facts facts) {
        this.state = facts.state();
        this.schedule = facts.schedule();
    }

    /** An answer that stands. */
    record Given(String address, String outcome) {
        @Override
        public String toString() {
            return address + "=" + outcome;
        }
    }

    /** Whether a value of {@code FlowmailStatus} is that of a request that has ended. */
    static boolean isEnd(String status) {
        return STATUSES.containsValue(status);
    }

    /** As {@code FlowmailStatus} should have it. */
    String status() {
        return STATUSES.getOrDefault(state.path("status").asString(""), "none");
    }

    /** Null where a fault, or nothing, has come of it. */
    @Nullable
    String outcome() {
        return choice(state.path("outcome"));
    }

    List<Given> answers() {
        return people().filter(Ending::hasAnswered)
                .map(person -> new Given(
                        address(person),
                        Objects.requireNonNullElse(choice(person.path("answer").path("outcome")), "")))
                .toList();
    }

    boolean isRecipient(String address) {
        return people().anyMatch(person -> address(person).equals(address));
    }

    /** Whose answer decided. */
    String decider() {
        return address(state.path("people").path(state.path("decidedBy").asInt()));
    }

    Instant time(String name) {
        return Instant.parse(state.path(name).asString());
    }

    /** The outcome that wins by the answers that stand; null when none does. */
    @Nullable
    String winner() {
        List<String> given = given();
        if (schedule.vetoed() && given.contains(Schedule.REJECT)) {
            return Schedule.REJECT;
        }
        return given.stream()
                .filter(one -> Collections.frequency(given, one) >= schedule.needed())
                .findFirst()
                .orElse(null);
    }

    /** Whether people who have not answered, and whose mails are not refused for good, could still agree. */
    boolean canBeAgreedOn() {
        List<String> given = given();
        int outstanding = (int) people().filter(person -> !hasAnswered(person))
                .filter(person -> !person.path("mail").asString("").equals("FAILED"))
                .count();
        int most = given.stream()
                .mapToInt(one -> Collections.frequency(given, one))
                .max()
                .orElse(0);
        return most + outstanding >= schedule.needed() || (schedule.vetoed() && outstanding > 0);
    }

    private List<String> given() {
        return answers().stream().map(Given::outcome).toList();
    }

    private Stream<JsonNode> people() {
        return state.path("people").valueStream();
    }

    private static boolean hasAnswered(JsonNode person) {
        return person.path("answer").isObject();
    }

    private @Nullable String choice(JsonNode index) {
        return index.isNumber() ? state.path("choices").path(index.asInt()).asString("") : null;
    }

    private static String address(JsonNode person) {
        return person.path("mailbox").path("address").asString("");
    }
}
