package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.Outcome;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The outcomes of a message element as what people choose from.
 *
 * @param all those that are offered, in the order in which people see them, then those that the mail hides; Flow's own outcome
 *     for faults is neither
 */
record Choices(List<Choice> all) {
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 500;

    /**
     * In the order in which people see them: by {@code order}, else as given.
     *
     * @param hidden developerNames of those that the mail does not offer
     */
    static Choices of(List<Outcome> outcomes, List<String> hidden) {
        List<Outcome> open =
                outcomes.stream().filter(outcome -> !outcome.forFaults()).toList();
        if (open.size() > MOST) {
            throw ProblemException.badInput(
                    "outcomes holds " + open.size() + " outcomes, more than the " + MOST + " that a mail may offer.");
        }
        Set<String> hiddenNames = new HashSet<>(hidden);
        List<Outcome> sorted = new ArrayList<>(open);
        sorted.sort(Comparator.comparingInt(Outcome::order));
        Choices choices = new Choices(sorted.stream()
                .map(outcome -> choice(outcomes.indexOf(outcome) + 1, outcome, hiddenNames))
                .sorted(Comparator.comparing(Choice::hidden))
                .toList());
        choices.requireKnown("Hidden Outcomes", hidden);
        return choices;
    }

    List<Choice> offered() {
        return all.stream().filter(choice -> !choice.hidden()).toList();
    }

    /** @throws ProblemException 400 when one of an input's names is no outcome's developerName */
    void requireKnown(String input, List<String> names) {
        for (int index = 0; index < names.size(); index++) {
            String name = names.get(index);
            if (all.stream().noneMatch(choice -> name.equals(choice.outcome().developerName()))) {
                throw ProblemException.badInput(input + ", name " + (index + 1)
                        + ", is not the developerName of an outcome of this message: enter one that is.");
            }
        }
    }

    private static Choice choice(int number, Outcome outcome, Set<String> hidden) {
        String where = "outcomes, outcome " + number;
        String id = FlowIds.present(outcome.id()).orElseThrow(() -> ProblemException.badInput(where + " has no id."));
        String label = FlowIds.present(outcome.label())
                .or(() -> FlowIds.present(outcome.developerName()))
                .flatMap(Text::line)
                .orElseThrow(() -> ProblemException.badInput(where + " has neither label nor developerName."));
        String developerName = FlowIds.present(outcome.developerName()).orElse(label);
        if (id.length() > LONGEST_NAME || label.length() > LONGEST_NAME || developerName.length() > LONGEST_NAME) {
            throw ProblemException.badInput(
                    where + ": id, label and developerName have at most " + LONGEST_NAME + " characters.");
        }
        return new Choice(
                new LateAnswer.Outcome(id, developerName), label, Tones.of(outcome), hidden.contains(developerName));
    }
}
