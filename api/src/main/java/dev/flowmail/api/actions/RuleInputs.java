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
import org.jspecify.annotations.Nullable;

/** The optional inputs that say when a decision request ends, and with what. */
final class RuleInputs {
    private final Inputs inputs;

    private RuleInputs(Inputs inputs) {
        this.inputs = inputs;
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
        RuleInputs rules = new RuleInputs(inputs);
        NamedOutcomes named = new NamedOutcomes(inputs, choices);
        return new Rules(
                rules.duration("Timeout", Rules.LONGEST_TIMEOUT, "119 days").orElse(timeout),
                named.one("Timeout Outcome"),
                rules.duration("Remind Every", Rules.LONGEST_TIMEOUT, "119 days")
                        .orElse(null),
                rules.answersNeeded(recipients.size()),
                named.oneThatIsOffered("Veto Outcome"),
                rules.comments(),
                rules.afterAnswer().orElse(settings.decision().afterAnswer()),
                rules.requester(recipients),
                rules.confirmation().orElse(settings.decision().confirmation()),
                named.all("Proof"),
                rules.timeZone(settings.timeZone()),
                rules.duration("Hold", Rules.LONGEST_HOLD, "1 hour").orElse(null));
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
