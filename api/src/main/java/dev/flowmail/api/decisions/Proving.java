package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.workflows.decision.Decide.Fresh;
import dev.flowmail.workflows.decision.Decide.Proof;
import dev.flowmail.workflows.decision.Decide.Visits;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.decision.DecisionState.AwaitedCode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Has a fresh code mailed for an answer that needs one, and hands the typed one over. What counts is the workflow's to say: it
 * mails, counts and records; this asks it no more than can change something.
 */
final class Proving {

    private final Answers answers;
    private final FreshCodes codes;
    private final InstantSource clock;

    Proving(Answers answers, FreshCodes codes, InstantSource clock) {
        this.answers = answers;
        this.codes = codes;
        this.clock = clock;
    }

    /** Where the request stands afterwards, and what is to be said while the answer is not there. */
    record Step(Standing standing, Problem says) {}

    /** @param state the request's, as of now */
    Step take(Submission submission, @Nullable String typed, DecisionState state, @Nullable Visits visits) {
        Standing unchanged = new Told(state);
        if (submission.finding() == Finding.TOO_MANY_CODES || !answers.mayBeSignalled(submission.link())) {
            return new Step(unchanged, Problem.CODE_TOO_OFTEN);
        }
        Instant now = clock.instant();
        Optional<AwaitedCode> mailed =
                new Viewpoint(state, submission.link()).person().map(person -> person.code());
        Optional<AwaitedCode> awaited = mailed.filter(code -> code.outcome() == submission.outcome());
        if (typed != null && !PageCodes.normalised(typed).isEmpty() && awaited.isPresent()) {
            return awaited.get().isOver(now)
                    ? new Step(unchanged, Problem.FRESH_OVER)
                    : new Step(prove(submission, typed, awaited.get(), visits), Problem.FRESH_WRONG);
        }
        if (mailed.filter(code -> !code.mayBeReplaced(now)).isPresent()) {
            boolean isGood = awaited.filter(code -> !code.isOver(now)).isPresent();
            return new Step(unchanged, isGood ? Problem.FRESH_SENT : Problem.FRESH_SOON);
        }
        return new Step(answers.prove(submission, visits, new Proof(null, fresh(submission))), Problem.FRESH_SENT);
    }

    private Standing prove(Submission submission, String typed, AwaitedCode code, @Nullable Visits visits) {
        String hash = FreshCodes.hash(code.nonce(), submission.link().holder(), submission.outcome(), typed);
        return answers.prove(submission, visits, new Proof(hash, null));
    }

    private Fresh fresh(Submission submission) {
        String holder = submission.link().holder();
        String nonce = codes.nonce();
        String code = codes.code(nonce, holder, submission.outcome());
        return new Fresh(nonce, FreshCodes.hash(nonce, holder, submission.outcome(), code));
    }
}
