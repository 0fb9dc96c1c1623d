package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.api.decisions.DecisionPages.Answer;
import dev.flowmail.api.decisions.Proving.Step;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.Languages;
import dev.flowmail.templates.Page;
import dev.flowmail.templates.Page.Kind;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.templates.Pages;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Question.Comments;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** The recipients' pages. A GET changes nothing, ever: mail scanners and link previews fetch every link. */
@RestController
final class DecideController {

    private static final Pattern RECEIPT = Pattern.compile("(^|&)receipt(=|&|$)");

    private final GenuineLinks links;
    private final Answers answers;
    private final VisitCounter visits = new VisitCounter(InstantSource.system());
    private final SubmissionGuard guard;
    private final Proving proving;
    private final PageResponses responses;

    DecideController(
            GenuineLinks links,
            DecisionRuns runs,
            Callbacks callbacks,
            SubmissionGuard guard,
            FreshCodes codes,
            PageResponses responses) {
        this.links = links;
        this.guard = guard;
        this.answers = new Answers(runs, callbacks);
        this.proving = new Proving(answers, codes, InstantSource.system());
        this.responses = responses;
    }

    @GetMapping(GenuineLinks.PATH)
    ResponseEntity<String> visit(@PathVariable String code, HttpServletRequest request, Locale locale) {
        Optional<DecisionLink> link = links.verify(code);
        if (link.isEmpty()) {
            return unknown(request, locale);
        }
        if (asksForReceipt(request)) {
            return receipt(link.get(), locale);
        }
        visits.count(link.get());
        guard.opened(link.get(), request);
        Standing standing = answers.glance(link.get());
        if (standing instanceof Told told && HttpMethod.HEAD.matches(request.getMethod())) {
            Answer shown = DecisionPages.visit(told.state(), link.get());
            return responses.withoutBody(shown.status(), shown.page());
        }
        return standing instanceof Standing.Unanswered
                ? tryLater(locale)
                : page(standing, link.get(), locale, state -> DecisionPages.visit(state, link.get()));
    }

    /** Not a parameter to Tomcat, which refuses to read any where a gateway has appended broken escapes. */
    private static boolean asksForReceipt(HttpServletRequest request) {
        return request.getQueryString() != null
                && RECEIPT.matcher(request.getQueryString()).find();
    }

    /** The receipt of how the request ended; the page as ever where there is none (yet). */
    private ResponseEntity<String> receipt(DecisionLink link, Locale locale) {
        Standing standing = answers.look(link);
        Optional<String> receipt =
                standing instanceof Told told ? DecisionPages.receipt(told.state(), link) : Optional.empty();
        return receipt.map(responses::receipt)
                .orElseGet(() -> page(standing, link, locale, state -> DecisionPages.visit(state, link)));
    }

    @PostMapping(GenuineLinks.PATH)
    ResponseEntity<String> submit(@PathVariable String code, HttpServletRequest request, Locale locale)
            throws IOException {
        Optional<DecisionLink> verified = links.verify(code);
        if (verified.isEmpty()) {
            return unknown(request, locale);
        }
        DecisionLink link = verified.get();
        Optional<Form> read = Form.read(request);
        Optional<Integer> chosen = read.flatMap(submitted -> chosen(submitted.field("outcome"), link));
        if (chosen.isEmpty()) {
            return notice(HttpStatus.BAD_REQUEST, Kind.BAD_REQUEST, locale);
        }
        Form form = read.orElseThrow();
        String said = link.comments() == Comments.OFF ? null : plain(form.field("comment"));
        boolean mayChange = answers.lastSeen(link)
                .filter(state -> DecisionPages.mayChange(state, link))
                .isPresent();
        Submission submission = new Submission(
                link,
                chosen.get(),
                said,
                guard.look(link, chosen.get(), form, request, mayChange),
                SubmissionGuard.replaces(form));
        Optional<Problem> problem = problem(link, said);
        return problem.isPresent()
                ? page(answers.look(link), link, locale, state -> DecisionPages.again(state, submission, problem.get()))
                : handOver(submission, form, locale);
    }

    private ResponseEntity<String> handOver(Submission submission, Form form, Locale locale) {
        DecisionLink link = submission.link();
        Optional<DecisionState> known = answers.lastSeen(link);
        if ((known.isEmpty() && link.asksForCode())
                || submission.replaces() != null
                || known.filter(state -> DecisionPages.mayChange(state, link)).isPresent()
                || known.filter(state -> state.needsProof(submission.outcome())).isPresent()
                || !SubmissionGuard.mayCount(submission.finding(), known)) {
            Standing now = answers.look(link);
            if (now instanceof Told told && DecisionPages.isFromAnOlderPage(told.state(), submission)) {
                return page(now, link, locale, state -> DecisionPages.submitted(state, submission));
            }
            if (now instanceof Told told && told.state().needsProof(submission.outcome())) {
                return prove(submission, form, told.state(), locale);
            }
            if (!(now instanceof Told told && submission.counts(told.state()))) {
                return page(now, link, locale, state -> DecisionPages.asked(state, submission));
            }
        }
        Standing standing = answers.submit(submission, visits.of(link));
        if (standing instanceof Told told && DecisionPages.asksFor(told.state(), submission)) {
            return prove(submission, form, told.state(), locale);
        }
        return standing instanceof Standing.Unanswered
                ? pending(submission, locale)
                : page(standing, link, locale, state -> DecisionPages.submitted(state, submission));
    }

    private ResponseEntity<String> prove(Submission submission, Form form, DecisionState state, Locale locale) {
        DecisionLink link = submission.link();
        if (!DecisionPages.asksFor(state, submission)) {
            return page(new Told(state), link, locale, now -> DecisionPages.submitted(now, submission));
        }
        Step step = proving.take(submission, form.field("code"), state, visits.of(link));
        // an answer without a code is none: nothing is pending
        return step.standing() instanceof Standing.Unanswered && step.says() == Problem.FRESH_WRONG
                ? pending(submission, locale)
                : page(step.standing(), link, locale, now -> DecisionPages.proven(now, submission, step.says()));
    }

    /** Where programs that check links may go; it decides nothing and shows nothing of the request. */
    @GetMapping(GenuineLinks.CHECK_PATH)
    ResponseEntity<String> check(@PathVariable String code, HttpServletRequest request, Locale locale) {
        Optional<DecisionLink> recipients = links.verifyCheck(code);
        if (recipients.isEmpty()) {
            return unknown(request, locale);
        }
        guard.checked(recipients.get(), request);
        return notice(HttpStatus.OK, Kind.CHECK, locale);
    }

    private ResponseEntity<String> unknown(HttpServletRequest request, Locale locale) {
        GenuineLinks.Refusal refusal = links.unknown(request);
        return notice(refusal.status(), refusal.page(), locale);
    }

    /** The outcome that the form names; a form without one stands for the link's own. */
    private static Optional<Integer> chosen(@Nullable String outcome, DecisionLink link) {
        if (outcome == null) {
            return Optional.of(link.outcome());
        }
        return outcome.matches("[0-9]{1,3}")
                ? Optional.of(Integer.valueOf(outcome)).filter(place -> place < link.outcomes())
                : Optional.empty();
    }

    private static @Nullable String plain(@Nullable String comment) {
        // Forms send line ends as CR LF; other controls are no text.
        String text = comment == null
                ? ""
                : comment.replace("\r\n", "\n")
                        .replaceAll("[\\p{Cntrl}&&[^\n\t]]", " ")
                        .strip();
        return text.isEmpty() ? null : text;
    }

    private static Optional<Problem> problem(DecisionLink link, @Nullable String comment) {
        if (comment == null) {
            return link.comments() == Comments.REQUIRED ? Optional.of(Problem.COMMENT_MISSING) : Optional.empty();
        }
        return comment.length() > Pages.LONGEST_COMMENT ? Optional.of(Problem.COMMENT_TOO_LONG) : Optional.empty();
    }

    private ResponseEntity<String> pending(Submission submission, Locale locale) {
        Page page = answers.lastSeen(submission.link())
                .map(state -> PageContents.pending(state, submission.outcome()))
                .orElseGet(() -> new Page.Pending(language(locale), null, null, null));
        return responses.of(HttpStatus.ACCEPTED, page);
    }

    private ResponseEntity<String> page(
            Standing standing, DecisionLink link, Locale locale, Function<DecisionState, Answer> answer) {
        if (standing instanceof Told told) {
            Answer shown = answer.apply(told.state());
            return responses.of(
                    shown.status(),
                    shown.page() instanceof Page.Confirm confirm ? confirm.stamped(guard.stamp(link)) : shown.page(),
                    DecisionPages.receipt(told.state(), link).isPresent());
        }
        if (standing instanceof Standing.Unanswered) {
            return tryLater(locale);
        }
        Page.Reason reason = standing instanceof Standing.Terminated ? Page.Reason.TERMINATED : Page.Reason.FORGOTTEN;
        return responses.of(
                HttpStatus.GONE, new Page.Gone(language(locale), reason, null, null, null, null, null, null));
    }

    @ExceptionHandler
    ResponseEntity<String> handle(ProblemException problem, Locale locale) {
        return problem.status() == HttpStatus.SERVICE_UNAVAILABLE
                ? tryLater(locale)
                : notice(problem.status(), Kind.FAILED, locale);
    }

    private ResponseEntity<String> tryLater(Locale locale) {
        return notice(HttpStatus.SERVICE_UNAVAILABLE, Kind.TRY_LATER, locale);
    }

    private ResponseEntity<String> notice(HttpStatus status, Kind kind, Locale locale) {
        return responses.of(status, PageResponses.notice(locale, kind));
    }

    private static String language(Locale locale) {
        return Languages.tag(locale.getLanguage(), locale.getCountry());
    }
}
