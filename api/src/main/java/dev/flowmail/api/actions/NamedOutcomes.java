package dev.flowmail.api.actions;

import dev.flowmail.api.problems.ProblemException;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The outcomes that inputs name by their developerName, as indexes among all {@link Choices}. */
record NamedOutcomes(Inputs inputs, Choices choices) {

    /** The one that the input names; null where it names none. */
    @Nullable
    Integer one(String input) {
        return inputs.text(input).map(name -> index(input, name)).orElse(null);
    }

    /** The same; a hidden one, which nobody can choose, is refused. */
    @Nullable
    Integer oneThatIsOffered(String input) {
        Integer index = one(input);
        if (index != null && choices.all().get(index).hidden()) {
            throw ProblemException.badInput(input + " is one of the Hidden Outcomes, which nobody can choose:"
                    + " enter one that the mail offers.");
        }
        return index;
    }

    private int index(String input, String developerName) {
        List<Integer> indexes = IntStream.range(0, choices.all().size())
                .filter(index ->
                        choices.all().get(index).outcome().developerName().equals(developerName))
                .boxed()
                .toList();
        if (indexes.isEmpty()) {
            throw ProblemException.badInput(
                    input + " is not the developerName of an outcome of this message: enter one that is.");
        }
        if (indexes.size() > 1) {
            throw ProblemException.badInput(input + " is the developerName of " + indexes.size()
                    + " outcomes of this message: give each a name of its own.");
        }
        return indexes.get(0);
    }

    /** Those that the input lists, or all where it says so; null for none. */
    @Nullable
    List<Integer> all(String input) {
        List<String> names = inputs.parts(input);
        boolean all = names.size() == 1 && names.get(0).equalsIgnoreCase("all");
        if (!all) {
            choices.requireKnown(input, names);
        }
        List<Integer> named = IntStream.range(0, choices.all().size())
                .filter(index ->
                        all || names.contains(choices.all().get(index).outcome().developerName()))
                .boxed()
                .toList();
        return named.isEmpty() ? null : named;
    }
}
