package dev.flowmail.api.actions;

import dev.flowmail.activities.flow.Outcome;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Choice;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The outcomes of a message element as what people choose from. */
final class Choices {
    private static final int MOST = 50;
    private static final int LONGEST_NAME = 500;

    private Choices() {}

    /** In the order in which people see them: by {@code order}, else as given. */
    static List<Choice> of(List<Outcome> outcomes) {
        if (outcomes.size() > MOST) {
            throw ProblemException.badInput("outcomes holds " + outcomes.size() + " outcomes, more than the " + MOST
                    + " that a mail may offer.");
        }
        List<Outcome> sorted = new ArrayList<>(outcomes);
        sorted.sort(Comparator.comparingInt(Outcome::order));
        return sorted.stream()
                .map(outcome -> choice(outcomes.indexOf(outcome) + 1, outcome))
                .toList();
    }

    private static Choice choice(int place, Outcome outcome) {
        String where = "outcomes, outcome " + place;
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
        return new Choice(new LateAnswer.Outcome(id, developerName), label);
    }
}
