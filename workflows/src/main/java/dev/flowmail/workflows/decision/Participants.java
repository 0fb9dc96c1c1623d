package dev.flowmail.workflows.decision;

import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.mail.Mailbox;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Everybody who is asked, by index, and the answers in order of arrival. */
final class Participants {

    private final List<Participant> all = new ArrayList<>();
    private final List<Participant> answered = new ArrayList<>();

    Participants(List<Mailbox> recipients) {
        recipients.forEach(recipient -> all.add(new Participant(all.size(), recipient)));
    }

    List<Participant> all() {
        return all;
    }

    List<Participant> answered() {
        return answered;
    }

    List<Participant> where(Predicate<Participant> condition) {
        return all.stream().filter(condition).toList();
    }

    boolean any(Predicate<Participant> condition) {
        return all.stream().anyMatch(condition);
    }

    Optional<Participant> holding(String address) {
        return all.stream()
                .filter(participant -> participant.mailbox().address().equalsIgnoreCase(address.strip()))
                .findFirst();
    }

    /** Who an answer is from; empty when it names nobody here or comes from a former holder. */
    Optional<Participant> author(Decide answer) {
        return answer.recipient() < 0 || answer.recipient() >= all.size()
                ? Optional.empty()
                : Optional.of(all.get(answer.recipient()))
                        .filter(participant -> participant.generation() == answer.generation());
    }

    /** Records an answer; a participant's first stands, whatever they send later. */
    void answers(Participant participant, Given given) {
        if (!participant.hasAnswered()) {
            participant.answers(given);
            answered.add(participant);
        }
    }

    /** Records another answer of somebody who has answered; it has come just now. */
    void changes(Participant participant, Given given) {
        participant.answers(given);
        answered.remove(participant);
        answered.add(participant);
    }

    /** Indexes of the chosen outcomes, in order of arrival. */
    List<Integer> choices() {
        return answered.stream()
                .map(participant -> participant.given().outcome())
                .toList();
    }

    Participant lastToAnswer() {
        return answered.get(answered.size() - 1);
    }

    int outstanding() {
        return where(Participant::isOutstanding).size();
    }
}
