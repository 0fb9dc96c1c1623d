package dev.flowmail.api.actions;

import dev.flowmail.activities.smtp.MailAddress;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.api.settings.FlowmailProperties;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionRequest.Rules;
import dev.flowmail.workflows.decision.Durations;
import dev.flowmail.workflows.decision.TimeZones;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question.Comments;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The optional inputs that say when a decision request ends, and with what. */
final class RuleInputs {
    private final Inputs inputs;
    private final Choices choices;

    private RuleInputs(Inputs inputs, Choices choices) {
        this.inputs = inputs;
        this.choices = choices;
    }

    /**
     * The rules.
     *
     * @param recipients who is asked
     * @param timeout when the request names none
     * @param settings what holds where the request names nothing else
     */
    static Rules of(
            Inputs inputs, Choices choices, List<Mailbox> recipients, Duration timeout, FlowmailProperties settings) {
        RuleInputs rules = new RuleInputs(inputs, choices);
        return new Rules(
                rules.duration("Timeout", Rules.LONGEST_TIMEOUT, "119 days").orElse(timeout),
                rules.choice("Timeout Outcome"),
                rules.duration("Remind Every", Rules.LONGEST_TIMEOUT, "119 days")
                        .orElse(null),
                rules.answersNeeded(recipients.size()),
                rules.vetoOutcome(),
                rules.comments(),
                rules.afterAnswer().orElse(settings.decision().afterAnswer()),
                rules.requester(recipients),
                rules.confirmation().orElse(settings.decision().confirmation()),
                rules.proof(),
                rules.timeZone(settings.timeZone()),
                rules.duration("Hold", Rules.LONGEST_HOLD, "1 hour").orElse(null));
    }

    private @Nullable List<Integer> proof() {
        List<String> names = inputs.parts("Proof");
        boolean all = names.size() == 1 && names.get(0).equalsIgnoreCase("all");
        if (!all) {
            choices.requireKnown("Proof", names);
        }
        List<Integer> places = IntStream.range(0, choices.all().size())
                .filter(place ->
                        all || names.contains(choices.all().get(place).outcome().developerName()))
                .boxed()
                .toList();
        return places.isEmpty() ? null : places;
    }

    private Optional<Confirmation> confirmation() {
        return inputs.text("Confirmation").map(given -> switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "button" -> Confirmation.BUTTON;
            case "careful" -> Confirmation.CAREFUL;
            case "code" -> Confirmation.CODE;
            default -> throw ProblemException.badInput("Confirmation must be button, careful or code.");
        });
    }

    private String timeZone(ZoneId usual) {
        return inputs.text("Time Zone")
                .map(name -> TimeZones.parse(name)
                        .orElseThrow(() -> ProblemException.badInput("Time Zone must be " + TimeZones.FORM + ".")))
                .orElse(usual)
                .getId();
    }

    private @Nullable List<String> requester(List<Mailbox> recipients) {
        Optional<Mailbox> requester = inputs.address("Requester");
        if (requester.isPresent()
                && recipients.stream().map(Addresses::key).anyMatch(Addresses.key(requester.get())::equals)) {
            throw ProblemException.badInput(
                    "Requester is also one of the recipients in To, and nobody decides their own"
                            + " request: take that recipient away, or leave Requester empty.");
        }
        return requester.map(Mailbox::address).map(MailAddress::forms).orElse(null);
    }

    private Optional<AfterAnswer> afterAnswer() {
        return inputs.text("After Answer").map(given -> switch (given.strip().toLowerCase(Locale.ROOT)) {
            case "flow" -> AfterAnswer.FLOW;
            case "page" -> AfterAnswer.PAGE;
            default -> throw ProblemException.badInput("After Answer must be flow or page.");
        });
    }

    private Optional<Duration> duration(String input, Duration longest, String inWords) {
        return inputs.text(input)
                .map(given -> Durations.parse(given)
                        .filter(duration -> duration.compareTo(longest) <= 0)
                        .orElseThrow(() -> ProblemException.badInput(input + " must be " + Durations.FORMS
                                + ": whole seconds, at least 1 second and at most " + inWords + ".")));
    }

    private @Nullable Integer choice(String input) {
        return inputs.text(input).map(name -> place(input, name)).orElse(null);
    }

    private @Nullable Integer vetoOutcome() {
        Integer place = choice("Veto Outcome");
        if (place != null && choices.all().get(place).hidden()) {
            throw ProblemException.badInput("Veto Outcome is one of the Hidden Outcomes, which nobody can choose:"
                    + " enter one that the mail offers.");
        }
        return place;
    }

    private int place(String input, String developerName) {
        List<Integer> places = IntStream.range(0, choices.all().size())
                .filter(place ->
                        choices.all().get(place).outcome().developerName().equals(developerName))
                .boxed()
                .toList();
        if (places.isEmpty()) {
            throw ProblemException.badInput(
                    input + " is not the developerName of an outcome of this message: enter one that is.");
        }
        if (places.size() > 1) {
            throw ProblemException.badInput(input + " is the developerName of " + places.size()
                    + " outcomes of this message: give each a name of its own.");
        }
        return places.get(0);
    }

    private int answersNeeded(int recipients) {
        String given = inputs.text("Answers Needed").map(String::strip).orElse("1");
        if (given.equalsIgnoreCase("all")) {
            return recipients;
        }
        int needed = wholeNumber(given);
        if (needed < 1) {
            throw ProblemException.badInput("Answers Needed must be a whole number from 1, or all.");
        }
        if (needed > recipients) {
            throw ProblemException.badInput("Answers Needed is " + needed + ", but To names only " + recipients
                    + (recipients == 1 ? " recipient" : " recipients") + ": lower it, or enter all.");
        }
        return needed;
    }

    private static int wholeNumber(String given) {
        try {
            return new BigDecimal(given).intValueExact();
        } catch (ArithmeticException | NumberFormatException notWhole) {
            return 0;
        }
    }

    private Comments comments() {
        String given = inputs.text("Comments").map(String::strip).orElse("off");
        return switch (given.toLowerCase(Locale.ROOT)) {
            case "off" -> Comments.OFF;
            case "optional" -> Comments.OPTIONAL;
            case "required" -> Comments.REQUIRED;
            default -> throw ProblemException.badInput("Comments must be off, optional or required.");
        };
    }
}
