package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.Proving.Step;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.templates.Pages;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Question.Comments;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** Hands over the answers that may count, looking first how the request stands where that matters, and shows what came of them. */
final class Submitting {

    private final Answers answers;
    private final Proving proving;
    private final VisitCounter visits;
    private final StandingPages pages;

    Submitting(Answers answers, Proving proving, VisitCounter visits, StandingPages pages) {
        this.answers = answers;
        this.proving = proving;
        this.visits = visits;
        this.pages = pages;
    }

    /** @param typed the code in the form; null for none */
    ResponseEntity<String> take(Submission submission, @Nullable String typed, Locale locale) {
        DecisionLink link = submission.link();
        Optional<Problem> problem = problem(link, submission.comment());
        if (problem.isPresent()) {
            return pages.of(
                    answers.look(link), link, locale, state -> DecisionPages.again(state, submission, problem.get()));
        }
        if (mustLookFirst(submission)) {
            Standing now = answers.look(link);
            if (now instanceof Told told && new Viewpoint(told.state(), link).isOlderThanAnswer(submission)) {
                return pages.of(now, link, locale, state -> DecisionPages.submitted(state, submission));
            }
            if (now instanceof Told told && told.state().needsProof(submission.outcome())) {
                return prove(submission, typed, told.state(), locale);
            }
            if (!(now instanceof Told told && submission.counts(told.state()))) {
                return pages.of(now, link, locale, state -> DecisionPages.asked(state, submission));
            }
        }
        Standing standing = answers.submit(submission, visits.of(link));
        if (standing instanceof Told told && DecisionPages.asksFor(told.state(), submission)) {
            return prove(submission, typed, told.state(), locale);
        }
        return standing instanceof Standing.Unanswered
                ? pages.pending(submission, answers.lastSeen(link), locale)
                : pages.of(standing, link, locale, state -> DecisionPages.submitted(state, submission));
    }

    private static Optional<Problem> problem(DecisionLink link, @Nullable String comment) {
        if (comment == null) {
            return link.comments() == Comments.REQUIRED ? Optional.of(Problem.COMMENT_MISSING) : Optional.empty();
        }
        return comment.length() > Pages.LONGEST_COMMENT ? Optional.of(Problem.COMMENT_TOO_LONG) : Optional.empty();
    }

    private boolean mustLookFirst(Submission submission) {
        DecisionLink link = submission.link();
        Optional<DecisionState> known = answers.lastSeen(link);
        return (known.isEmpty() && link.asksForCode())
                || submission.replaces() != null
                || known.filter(state -> new Viewpoint(state, link).mayChange()).isPresent()
                || known.filter(state -> state.needsProof(submission.outcome())).isPresent()
                || !submission.finding().mayCount(known);
    }

    private ResponseEntity<String> prove(
            Submission submission, @Nullable String typed, DecisionState state, Locale locale) {
        DecisionLink link = submission.link();
        if (!DecisionPages.asksFor(state, submission)) {
            return pages.of(new Told(state), link, locale, now -> DecisionPages.submitted(now, submission));
        }
        Step step = proving.take(submission, typed, state, visits.of(link));
        // an answer without a code is none: nothing is pending
        return step.standing() instanceof Standing.Unanswered && step.says() == Problem.FRESH_WRONG
                ? pages.pending(submission, answers.lastSeen(link), locale)
                : pages.of(step.standing(), link, locale, now -> DecisionPages.proven(now, submission, step.says()));
    }
}
