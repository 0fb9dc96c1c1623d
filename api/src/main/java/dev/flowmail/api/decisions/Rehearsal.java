package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.problems.ProblemException;
import dev.flowmail.templates.Page;
import dev.flowmail.workflows.decision.DecisionState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/**
 * Makes mails and pages before anybody asks for one: classes, templates, codec and connections that the first ones need are
 * there when Flowmail says that it is ready. Else each of the first hundred, which come at once where a flow asks many people,
 * would parse the templates for itself. It asks Temporal for one open request, which is played as far as its page needs it, and
 * changes nothing.
 */
public final class Rehearsal {

    private static final Logger LOG = LoggerFactory.getLogger(Rehearsal.class);

    /** A request that is paused, or that no worker can play, must not keep Flowmail from being ready. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private static final long PAUSE_MILLIS = 250;

    /** Half a second of CPU: more does not make the first hundred mails cheaper than it costs. */
    private static final int TIMES = 20;

    private static final Page QUESTION = new Page.Confirm(
            "en",
            new Page.Asked("Somebody", "somebody@example.com", "May I?", "May I?", true, List.of(), null, 0),
            List.of(new Page.Outcome("Approve"), new Page.Outcome("Reject")),
            0,
            ZonedDateTime.of(2100, 1, 1, 12, 0, 0, 0, ZoneOffset.UTC),
            Page.Comments.OPTIONAL,
            null,
            null,
            null,
            null);

    private static final Page NOTICE = new Page.Notice("en", Page.Kind.UNKNOWN);

    private final Runnable mail;
    private final Supplier<Optional<String>> openRequest;
    private final DecisionRuns runs;
    private final LinkCodes codes;
    private final PageResponses responses;
    private final InstantSource clock;

    /**
     * @param mail composes one that goes nowhere
     * @param openRequest finds the workflow id of an open decision request, if there is one
     */
    public Rehearsal(
            Runnable mail,
            Supplier<Optional<String>> openRequest,
            DecisionRuns runs,
            LinkCodes codes,
            PageResponses responses) {
        this(mail, openRequest, runs, codes, responses, InstantSource.system());
    }

    Rehearsal(
            Runnable mail,
            Supplier<Optional<String>> openRequest,
            DecisionRuns runs,
            LinkCodes codes,
            PageResponses responses,
            InstantSource clock) {
        this.mail = mail;
        this.openRequest = openRequest;
        this.runs = runs;
        this.codes = codes;
        this.responses = responses;
        this.clock = clock;
    }

    /** What needs no Temporal. Fails never, no more than {@link #withTemporal}: a start must not depend on it. */
    public void withoutTemporal() {
        try {
            for (int time = 0; time < TIMES; time++) {
                mail.run();
                show(HttpStatus.OK, QUESTION);
                show(HttpStatus.NOT_FOUND, NOTICE);
            }
        } catch (RuntimeException | Error failure) {
            LOG.warn("No mail or page could be rehearsed: the first ones will take longer", failure);
        }
    }

    /** Once tasks are taken. */
    public void withTemporal() {
        try {
            openRequest.get().ifPresent(this::visit);
        } catch (RuntimeException failure) {
            LOG.debug("The first page could not be made before somebody asked for it", failure);
        }
    }

    /** On a busy machine the first looks come to nothing: those who come then are to be spared that. */
    private void visit(String workflowId) {
        Instant end = clock.instant().plus(LONGEST);
        while (!isSeen(workflowId) && clock.instant().isBefore(end)) {
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The start is given up", stopping);
        }
    }

    private boolean isSeen(String workflowId) {
        try {
            Standing standing = runs.look(workflowId);
            if (standing instanceof Standing.Told told) {
                show(workflowId, told.state());
            }
            return !(standing instanceof Standing.Unanswered);
        } catch (ProblemException noAnswer) {
            return false;
        }
    }

    private void show(String workflowId, DecisionState state) {
        DecisionLink link =
                new DecisionLink(workflowId, 0, 0, 0, state.buttons().size(), state.comments());
        DecisionLink opened = codes.verify(codes.mint(link)).orElseThrow();
        DecisionPages.Answer answer = DecisionPages.visit(state, opened);
        show(answer.status(), answer.page());
    }

    private void show(HttpStatus status, Page page) {
        var ignored = responses.of(status, page);
    }
}
