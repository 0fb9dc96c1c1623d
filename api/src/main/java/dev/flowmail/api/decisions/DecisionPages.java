package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Page.Attempt;
import dev.flowmail.templates.Page.Code;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.templates.Page.Reason;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.Given;
import dev.flowmail.workflows.decision.DecisionState.Person;
import dev.flowmail.workflows.decision.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Which page, with which status, a person sees of a request. */
final class DecisionPages {

    /** A page and its status. */
    record Answer(HttpStatus status, Page page) {}

    private DecisionPages() {}

    /** Whether the person can give this answer: the question is open to them, or they change what stands. */
    private static boolean isAsked(DecisionState state, Submission submission) {
        return visit(state, submission.link()).page() instanceof Page.Confirm
                && !new Viewpoint(state, submission.link()).isOlderThanAnswer(submission);
    }

    /** What a visit shows; it changes nothing. */
    static Answer visit(DecisionState state, DecisionLink link) {
        Viewpoint viewpoint = new Viewpoint(state, link);
        if (viewpoint.person().isEmpty()) {
            return gone(state, Reason.REASSIGNED, null);
        }
        Given given = viewpoint.answer().orElse(null);
        if (given != null && viewpoint.mayChange() && state.buttons().size() > 1) {
            return new Answer(
                    HttpStatus.OK, QuestionContents.change(state, given, link.outcome(), given.comment(), null));
        }
        if (state.hasEnded()) {
            return state.status() == Status.DECIDED
                    ? new Answer(HttpStatus.OK, PageContents.decided(state, link, given, null))
                    : gone(state, reason(state.status()), null);
        }
        return new Answer(
                HttpStatus.OK,
                given == null
                        ? QuestionContents.confirm(
                                state, link.outcome(), null, null, QuestionContents.asksAlways(state, link.outcome()))
                        : PageContents.answered(state, given, null));
    }

    /** The question again, with what was wrong with the submission. */
    static Answer again(DecisionState state, Submission submission, Problem problem) {
        return onceMore(
                state,
                submission,
                HttpStatus.BAD_REQUEST,
                problem,
                QuestionContents.asksAlways(state, submission.outcome()));
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
                && new Viewpoint(state, submission.link())
                        .person()
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
        Page.Confirm question =
                QuestionContents.confirm(state, submission.outcome(), submission.comment(), problem, code);
        return new Answer(
                status,
                new Viewpoint(state, submission.link())
                        .answer()
                        .map(given -> question.changing(QuestionContents.stands(state, given)))
                        .orElse(question));
    }

    /** What came of a submitted answer. */
    static Answer submitted(DecisionState state, Submission submission) {
        DecisionLink link = submission.link();
        int outcome = submission.outcome();
        Attempt attempt = new Attempt(state.choices().get(outcome), submission.comment());
        Viewpoint viewpoint = new Viewpoint(state, link);
        if (viewpoint.person().isEmpty()) {
            return gone(state, Reason.REASSIGNED, attempt);
        }
        Given given = viewpoint.answer().orElse(null);
        if (given != null && given.outcome() == outcome) {
            return new Answer(HttpStatus.OK, PageContents.recorded(state, link, given));
        }
        if (given != null && viewpoint.mayChange()) {
            return new Answer(
                    HttpStatus.CONFLICT,
                    QuestionContents.change(state, given, outcome, submission.comment(), Problem.NOT_CHANGED_YET));
        }
        if (state.hasEnded()) {
            return state.status() == Status.DECIDED
                    ? new Answer(HttpStatus.CONFLICT, PageContents.decided(state, link, given, attempt))
                    : gone(state, reason(state.status()), attempt);
        }
        if (given == null) {
            return submission.counts(state)
                    ? new Answer(HttpStatus.ACCEPTED, PageContents.pending(state, outcome))
                    : asked(state, submission);
        }
        return new Answer(HttpStatus.CONFLICT, PageContents.answered(state, given, attempt));
    }

    private static Answer gone(DecisionState state, Reason reason, @Nullable Attempt attempt) {
        return new Answer(HttpStatus.GONE, PageContents.gone(state, reason, attempt));
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
