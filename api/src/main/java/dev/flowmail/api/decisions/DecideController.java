package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.FreshCodes;
import dev.flowmail.api.decisions.Standing.Told;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.Page.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
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
    private final StandingPages pages;
    private final Submitting submitting;
    private final SubmissionThreads threads;

    DecideController(
            GenuineLinks links,
            DecisionRuns runs,
            Callbacks callbacks,
            SubmissionGuard guard,
            FreshCodes codes,
            PageResponses responses,
            SubmissionThreads threads) {
        this.links = links;
        this.guard = guard;
        this.answers = new Answers(runs, callbacks);
        this.pages = new StandingPages(responses, guard);
        this.threads = threads;
        this.submitting = new Submitting(answers, new Proving(answers, codes, InstantSource.system()), visits, pages);
    }

    @GetMapping(GenuineLinks.PATH)
    ResponseEntity<String> visit(@PathVariable String code, HttpServletRequest request, Locale locale) {
        Optional<DecisionLink> verified = links.verify(code);
        if (verified.isEmpty()) {
            return unknown(request, locale);
        }
        DecisionLink link = verified.get();
        if (asksForReceipt(request)) {
            return pages.receipt(answers.look(link), link, locale);
        }
        visits.count(link);
        guard.opened(link, request);
        Standing standing = answers.glance(link);
        if (standing instanceof Standing.Recorded) {
            return pages.pending(answers.lastSeen(link), locale);
        }
        return standing instanceof Told told && HttpMethod.HEAD.matches(request.getMethod())
                ? pages.withoutBody(DecisionPages.visit(told.state(), link))
                : pages.of(standing, link, locale, state -> DecisionPages.visit(state, link));
    }

    /** Not a parameter to Tomcat, which refuses to read any where a gateway has appended broken escapes. */
    private static boolean asksForReceipt(HttpServletRequest request) {
        return request.getQueryString() != null
                && RECEIPT.matcher(request.getQueryString()).find();
    }

    @PostMapping(GenuineLinks.PATH)
    CompletableFuture<ResponseEntity<String>> submit(
            @PathVariable String code, HttpServletRequest request, Locale locale) throws IOException {
        Optional<DecisionLink> verified = links.verify(code);
        if (verified.isEmpty()) {
            return CompletableFuture.completedFuture(unknown(request, locale));
        }
        DecisionLink link = verified.get();
        Optional<Form> read = Form.read(request);
        Optional<Integer> chosen = read.flatMap(submitted -> submitted.outcome(link));
        if (chosen.isEmpty()) {
            return CompletableFuture.completedFuture(pages.notice(HttpStatus.BAD_REQUEST, Kind.BAD_REQUEST, locale));
        }
        Form form = read.orElseThrow();
        boolean mayChange = answers.lastSeen(link)
                .filter(state -> new Viewpoint(state, link).mayChange())
                .isPresent();
        Submission submission = new Submission(
                link,
                chosen.get(),
                form.comment(link),
                guard.look(link, chosen.get(), form, request, mayChange),
                form.replaces());
        return threads.run(() -> submitting.take(submission, form.field("code"), locale));
    }

    /** Where programs that check links may go; it decides nothing and shows nothing of the request. */
    @GetMapping(GenuineLinks.CHECK_PATH)
    ResponseEntity<String> check(@PathVariable String code, HttpServletRequest request, Locale locale) {
        Optional<DecisionLink> recipients = links.verifyCheck(code);
        if (recipients.isEmpty()) {
            return unknown(request, locale);
        }
        guard.checked(recipients.get(), request);
        return pages.notice(HttpStatus.OK, Kind.CHECK, locale);
    }

    private ResponseEntity<String> unknown(HttpServletRequest request, Locale locale) {
        GenuineLinks.Refusal refusal = links.unknown(request);
        return pages.notice(refusal.status(), refusal.page(), locale);
    }

    @ExceptionHandler
    ResponseEntity<String> handle(ProblemException problem, Locale locale) {
        return problem.status() == HttpStatus.SERVICE_UNAVAILABLE
                ? pages.tryLater(locale)
                : pages.notice(problem.status(), Kind.FAILED, locale);
    }
}
