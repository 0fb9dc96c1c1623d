package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.templates.Agreement;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Page.Attempt;
import dev.flowmail.templates.Page.Code;
import dev.flowmail.templates.Page.FlowKnows;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.templates.Page.Reason;
import dev.flowmail.templates.Tone;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.CallbackStatus;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Status;
import dev.flowmail.workflows.decision.TimeZones;
import dev.flowmail.workflows.mail.Excerpt;
import dev.flowmail.workflows.mail.Mailbox;
import dev.flowmail.workflows.mail.Question;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which page, with which status, a person sees of a request. */
final class DecisionPages {

    /** A page and its status. */
    record Answer(HttpStatus status, Page page) {}

    /** Of a request from an earlier release. */
    private static final Excerpt NOTHING_KNOWN = new Excerpt("", true, List.of());

    private DecisionPages() {}

    /** Who the link was mailed to; empty when the place has gone to somebody else since. */
    static Optional<Person> person(DecisionState state, DecisionLink link) {
        return link.recipient() < state.people().size()
                ? Optional.of(state.people().get(link.recipient()))
                        .filter(person -> person.generation() == link.generation())
                : Optional.empty();
    }

    /** Whether the request is decided by the answer of whoever the link was mailed to, who may change it. */
    static boolean mayChange(DecisionState state, DecisionLink link) {
        return state.held() != null
                && state.held().giver() == link.recipient()
                && person(state, link).map(Person::answer).isPresent();
    }

    /** Whether the submission gives another answer instead of the one that stands, and says so. */
    static boolean changes(DecisionState state, Submission submission) {
        return mayChange(state, submission.link())
                && person(state, submission.link())
                        .map(Person::answer)
                        .filter(given ->
                                given.at().equals(submission.replaces()) && given.outcome() != submission.outcome())
                        .isPresent();
    }

    /** Whether the answer could be changed, and the submission does not know which one stands. */
    static boolean isFromAnOlderPage(DecisionState state, Submission submission) {
        return mayChange(state, submission.link()) && !changes(state, submission);
    }

    /** Whether the person can give this answer: the question is open to them, or they change what stands. */
    private static boolean isAsked(DecisionState state, Submission submission) {
        return visit(state, submission.link()).page() instanceof Page.Confirm && !isFromAnOlderPage(state, submission);
    }

    /** The receipt, once Flow has been told; empty where there is none, and for whom the request is not any more. */
    static Optional<String> receipt(DecisionState state, DecisionLink link) {
        return state.callback() == CallbackStatus.REACHED && person(state, link).isPresent()
                ? Optional.ofNullable(state.receipt())
                : Optional.empty();
    }

    /** What a visit shows; it changes nothing. */
    static Answer visit(DecisionState state, DecisionLink link) {
        Optional<Person> person = person(state, link);
        if (person.isEmpty()) {
            return gone(state, Reason.REASSIGNED, null);
        }
        Given given = person.get().answer();
        if (given != null && mayChange(state, link) && state.buttons().size() > 1) {
            return new Answer(HttpStatus.OK, change(state, given, link.outcome(), given.comment(), null));
        }
        if (state.hasEnded()) {
            return state.status() == Status.DECIDED
                    ? new Answer(HttpStatus.OK, decided(state, link, given, null))
                    : gone(state, reason(state.status()), null);
        }
        return new Answer(
                HttpStatus.OK,
                given == null
                        ? confirm(state, link.outcome(), null, null, asksAlways(state, link.outcome()))
                        : answered(state, given, null));
    }

    /** The question again, with what was wrong with the submission. */
    static Answer again(DecisionState state, Submission submission, Problem problem) {
        return onceMore(state, submission, HttpStatus.BAD_REQUEST, problem, asksAlways(state, submission.outcome()));
    }

    /** The question again, with a field for what the submission needs to count. */
    static Answer asked(DecisionState state, Submission submission) {
        Problem problem = switch (submission.finding()) {
            case TOO_MANY_CODES -> Problem.CODE_TOO_OFTEN;
            case CODE_IS_WRONG -> Problem.CODE_WRONG;
            default -> Problem.CODE_MISSING;
        };
        return onceMore(state, submission, HttpStatus.PRECONDITION_REQUIRED, problem, Code.MAILED);
    }

    /** Whether the person is still asked, and this answer needs a fresh code. */
    static boolean asksFor(DecisionState state, Submission submission) {
        return state.needsProof(submission.outcome()) && isAsked(state, submission);
    }

    /** What came of an answer that needs a fresh code: recorded, or the question again with the field for it. */
    static Answer proven(DecisionState state, Submission submission, Problem says) {
        boolean isVoid = says == Problem.FRESH_WRONG
                && person(state, submission.link())
                        .map(Person::code)
                        .filter(code -> code.isOver(code.askedAt()))
                        .isPresent();
        return onceMore(
                state, submission, HttpStatus.PRECONDITION_REQUIRED, isVoid ? Problem.FRESH_OVER : says, Code.FRESH);
    }

    /** The open question with what was typed and chosen; what became of the request where it is none any more. */
    private static Answer onceMore(
            DecisionState state, Submission submission, HttpStatus status, Problem problem, @Nullable Code code) {
        if (!isAsked(state, submission)) {
            return submitted(state, submission);
        }
        Page.Confirm question = confirm(state, submission.outcome(), submission.comment(), problem, code);
        return new Answer(
                status,
                person(state, submission.link())
                        .map(Person::answer)
                        .map(given -> question.changing(stands(state, given)))
                        .orElse(question));
    }

    /** Where an answer needs a fresh code, that is the only one: it is asked for once it has been mailed. */
    private static @Nullable Code asksAlways(DecisionState state, int outcome) {
        return state.confirmation() == Confirmation.CODE && !state.needsProof(outcome) ? Code.MAILED : null;
    }

    /** What came of a submitted answer. */
    static Answer submitted(DecisionState state, Submission submission) {
        DecisionLink link = submission.link();
        int outcome = submission.outcome();
        Attempt attempt = new Attempt(state.choices().get(outcome), submission.comment());
        Optional<Person> person = person(state, link);
        if (person.isEmpty()) {
            return gone(state, Reason.REASSIGNED, attempt);
        }
        Given given = person.get().answer();
        if (given != null && given.outcome() == outcome) {
            return new Answer(HttpStatus.OK, recorded(state, link, given));
        }
        if (given != null && mayChange(state, link)) {
            return new Answer(
                    HttpStatus.CONFLICT, change(state, given, outcome, submission.comment(), Problem.NOT_CHANGED_YET));
        }
        if (state.hasEnded()) {
            return state.status() == Status.DECIDED
                    ? new Answer(HttpStatus.CONFLICT, decided(state, link, given, attempt))
                    : gone(state, reason(state.status()), attempt);
        }
        if (given == null) {
            return submission.counts(state)
                    ? new Answer(HttpStatus.ACCEPTED, pending(state, outcome))
                    : asked(state, submission);
        }
        return new Answer(HttpStatus.CONFLICT, answered(state, given, attempt));
    }

    static Page pending(DecisionState state, int outcome) {
        return new Page.Pending(
                state.language(),
                state.from().label(),
                state.subject(),
                state.choices().get(outcome));
    }

    /** The question again, with what stands. */
    private static Page change(
            DecisionState state, Given given, int outcome, @Nullable String comment, @Nullable Problem problem) {
        int other = outcome != given.outcome() ? outcome : given.outcome() == 0 ? 1 : 0;
        return confirm(state, other, comment, problem, asksAlways(state, other)).changing(stands(state, given));
    }

    private static Page.Standing stands(DecisionState state, Given given) {
        return new Page.Standing(given.outcome(), String.valueOf(given.at().toEpochMilli()), heldUntil(state));
    }

    private static @Nullable ZonedDateTime heldUntil(DecisionState state) {
        return state.held() == null ? null : at(state, state.held().until());
    }

    private static Page.Confirm confirm(
            DecisionState state,
            int outcome,
            @Nullable String comment,
            @Nullable Problem problem,
            @Nullable Code code) {
        return new Page.Confirm(
                state.language(),
                asked(state),
                outcomes(state),
                outcome,
                at(state, state.deadline()),
                Page.Comments.valueOf(state.comments().name()),
                comment,
                problem,
                null,
                code,
                state.hold(),
                null);
    }

    private static Page.Asked asked(DecisionState state) {
        Mailbox from = state.from();
        Excerpt excerpt = Objects.requireNonNullElse(state.excerpt(), NOTHING_KNOWN);
        return new Page.Asked(
                from.label(),
                from.name() == null ? null : from.address(),
                state.subject(),
                excerpt.words(),
                excerpt.isWhole(),
                excerpt.files().stream()
                        .map(file -> new Page.File(file.name(), file.size()))
                        .toList(),
                agreement(state),
                (int) state.people().stream()
                        .filter(person -> person.answer() != null)
                        .count());
    }

    private static @Nullable Agreement agreement(DecisionState state) {
        Question.Agreement agreement = state.agreement();
        if (agreement == null) {
            return null;
        }
        Integer veto = agreement.veto();
        return new Agreement(
                agreement.asked(),
                agreement.needed(),
                veto == null ? null : state.choices().get(veto));
    }

    private static List<Page.Outcome> outcomes(DecisionState state) {
        List<Question.Tone> tones = state.tones();
        List<String> labels = state.buttons();
        return IntStream.range(0, labels.size())
                .mapToObj(place -> new Page.Outcome(
                        labels.get(place),
                        tones == null
                                ? Tone.PLAIN
                                : Tone.valueOf(tones.get(place).name())))
                .toList();
    }

    private static Page answered(DecisionState state, Given given, @Nullable Attempt attempt) {
        return new Page.AlreadyAnswered(
                state.language(),
                state.from().label(),
                state.subject(),
                state.choices().get(given.outcome()),
                given.comment(),
                at(state, given.at()),
                attempt);
    }

    private static Page recorded(DecisionState state, DecisionLink link, Given given) {
        boolean holds = Objects.equals(state.outcome(), given.outcome());
        Page.Effect effect = holds
                ? Page.Effect.DECIDED
                : state.hasEnded() ? Page.Effect.ENDED_OTHERWISE : Page.Effect.OTHERS_STILL_ANSWER;
        return new Page.Recorded(
                state.language(),
                state.from().label(),
                state.subject(),
                state.choices().get(given.outcome()),
                given.comment(),
                at(state, given.at()),
                effect,
                holds ? null : outcome(state),
                flowKnows(state),
                wayBack(state, given),
                goesOn(state) && Objects.equals(state.decidedBy(), link.recipient()),
                heldUntil(state));
    }

    /** Whether the page of the deciding answer leads into the flow by itself. */
    static boolean goesOn(DecisionState state) {
        return state.afterAnswer() == AfterAnswer.FLOW;
    }

    private static Page decided(
            DecisionState state, DecisionLink link, @Nullable Given given, @Nullable Attempt attempt) {
        List<Person> deciders = deciders(state);
        return new Page.AlreadyDecided(
                state.language(),
                state.from().label(),
                state.subject(),
                Objects.requireNonNull(outcome(state)),
                deciders.stream().map(person -> person.mailbox().label()).toList(),
                deciders.contains(state.people().get(link.recipient())),
                at(state, Objects.requireNonNull(state.endedAt())),
                given == null ? null : state.choices().get(given.outcome()),
                attempt,
                flowKnows(state),
                wayBack(state, given),
                heldUntil(state));
    }

    private static ZonedDateTime at(DecisionState state, Instant instant) {
        return instant.atZone(TimeZones.of(state.timeZone()));
    }

    /** Whose answers are the one that holds, the first of them first. */
    private static List<Person> deciders(DecisionState state) {
        return state.people().stream()
                .filter(person -> person.answer() != null
                        && Objects.equals(state.outcome(), person.answer().outcome()))
                .sorted(Comparator.comparing(
                        person -> Objects.requireNonNull(person.answer()).at()))
                .toList();
    }

    private static Answer gone(DecisionState state, Reason reason, @Nullable Attempt attempt) {
        Instant endedAt = state.endedAt();
        boolean reassigned = reason == Reason.REASSIGNED;
        return new Answer(
                HttpStatus.GONE,
                new Page.Gone(
                        state.language(),
                        reason,
                        state.from().label(),
                        state.subject(),
                        reassigned || endedAt == null ? null : at(state, endedAt),
                        reassigned ? null : outcome(state),
                        reassigned ? null : state.reason(),
                        attempt));
    }

    private static @Nullable String outcome(DecisionState state) {
        return state.outcome() == null ? null : state.choices().get(state.outcome());
    }

    /** Only for somebody whose answer is the one that holds. */
    private static @Nullable String wayBack(DecisionState state, @Nullable Given given) {
        return given != null && Objects.equals(state.outcome(), given.outcome()) ? state.wayBack() : null;
    }

    private static FlowKnows flowKnows(DecisionState state) {
        return switch (state.callback()) {
            case NONE -> state.hasEnded() && state.held() == null ? FlowKnows.SOON : FlowKnows.NOTHING_TO_TELL;
            case PENDING -> FlowKnows.SOON;
            case REACHED -> FlowKnows.YES;
            case FAILED -> FlowKnows.REFUSED;
        };
    }

    private static Reason reason(Status status) {
        return switch (status) {
            case TIMED_OUT -> Reason.TIMED_OUT;
            case NO_AGREEMENT -> Reason.NO_AGREEMENT;
            case MAIL_FAILED -> Reason.MAIL_FAILED;
            default -> Reason.WITHDRAWN;
        };
    }
}
