package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.api.decisions.DecisionPages.Answer;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.templates.Languages;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Page.Kind;
import dev.flowmail.workflows.decision.DecisionState;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/** Shows whoever has followed a link where its request stands, or why that cannot be told. */
final class StandingPages {

    private final PageResponses responses;
    private final SubmissionGuard guard;

    StandingPages(PageResponses responses, SubmissionGuard guard) {
        this.responses = responses;
        this.guard = guard;
    }

    /** @param answer what is shown where the workflow has told */
    ResponseEntity<String> of(
            Standing standing, DecisionLink link, Locale locale, Function<DecisionState, Answer> answer) {
        if (standing instanceof Told told) {
            Answer shown = answer.apply(told.state());
            return responses.of(
                    shown.status(),
                    shown.page() instanceof Page.Confirm confirm ? confirm.stamped(guard.stamp(link)) : shown.page(),
                    new Viewpoint(told.state(), link).receipt().isPresent());
        }
        if (standing instanceof Standing.Unanswered) {
            return tryLater(locale);
        }
        Page.Reason reason = standing instanceof Standing.Terminated ? Page.Reason.TERMINATED : Page.Reason.FORGOTTEN;
        return responses.of(HttpStatus.GONE, new Page.Gone(language(locale), reason, null, null, null, null, null));
    }

    /** The receipt of how the request ended; the page as ever where there is none (yet). */
    ResponseEntity<String> receipt(Standing standing, DecisionLink link, Locale locale) {
        Optional<String> receipt =
                standing instanceof Told told ? new Viewpoint(told.state(), link).receipt() : Optional.empty();
        return receipt.map(responses::receipt)
                .orElseGet(() -> of(standing, link, locale, state -> DecisionPages.visit(state, link)));
    }

    /** What HEAD is answered. */
    ResponseEntity<String> withoutBody(Answer shown) {
        return responses.withoutBody(shown.status(), shown.page());
    }

    /** The answer is recorded, and no worker has confirmed it yet. */
    ResponseEntity<String> pending(Submission submission, Optional<DecisionState> known, Locale locale) {
        return pending(HttpStatus.ACCEPTED, known, submission.outcome(), locale);
    }

    /** The same, to whoever looks meanwhile. */
    ResponseEntity<String> pending(Optional<DecisionState> known, Locale locale) {
        return pending(HttpStatus.OK, known, null, locale);
    }

    private ResponseEntity<String> pending(
            HttpStatus status, Optional<DecisionState> known, @Nullable Integer outcome, Locale locale) {
        Page page = known.map(state -> PageContents.pending(state, outcome))
                .orElseGet(() -> new Page.Pending(language(locale), null, null));
        return responses.of(status, page);
    }

    ResponseEntity<String> tryLater(Locale locale) {
        return notice(HttpStatus.SERVICE_UNAVAILABLE, Kind.TRY_LATER, locale);
    }

    /** A page that concerns no particular request. */
    ResponseEntity<String> notice(HttpStatus status, Kind kind, Locale locale) {
        return responses.of(status, PageResponses.notice(locale, kind));
    }

    private static String language(Locale locale) {
        return Languages.tag(locale.getLanguage(), locale.getCountry());
    }
}
