package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.PageCodes;
import dev.flowmail.activities.links.PageStamps;
import dev.flowmail.api.limits.RateLimit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/** Tells what a submission still needs, so that no machine that presses what it finds decides (interface: Machines). */
@Component
final class SubmissionGuard {

    /** Wrong ones, at once and a minute, for one recipient, so that a page that says "in 5 s" is right: enough for slips of the finger, and nobody is locked out for good. */
    private static final int MOST_CODES = 12;

    private static final String ANOTHER_OUTCOME = "another outcome was submitted within 10 s before";

    /** No reader is that fast. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    private final PageCodes codes;
    private final PageStamps stamps;
    private final InstantSource clock;
    private final Recently recently = new Recently();
    private final RateLimit tries = new RateLimit(MOST_CODES);

    @Autowired
    SubmissionGuard(PageCodes codes, PageStamps stamps) {
        this(codes, stamps, InstantSource.system());
    }

    SubmissionGuard(PageCodes codes, PageStamps stamps, InstantSource clock) {
        this.codes = codes;
        this.stamps = stamps;
        this.clock = clock;
    }

    /**
     * What was seen of a submission.
     *
     * @param marks what makes it look automatic, in words
     * @param pageAge since the page was made; null when the submission does not say
     * @param sweeps visits by clients that opened several of the recipient's links within a moment
     */
    record Look(
            Finding finding, List<String> marks, @Nullable Duration pageAge, int sweeps) {}

    /** Notes a visit to a link. */
    void opened(DecisionLink link, HttpServletRequest request) {
        recently.opened(link, link.outcome(), Client.of(request), clock.instant());
    }

    /** Notes a visit to a recipient's link for scanners. */
    void checked(DecisionLink recipients, HttpServletRequest request) {
        recently.opened(recipients, Recently.CHECK, Client.of(request), clock.instant());
    }

    /** For the form of a page that is made now. */
    String stamp(DecisionLink link) {
        return stamps.of(link, clock.instant());
    }

    /**
     * @param outcome index of the outcome that the submission stands for
     * @param mayChange whether the person has answered, as far as is known, and may change that
     */
    Look look(DecisionLink link, int outcome, Form form, HttpServletRequest request, boolean mayChange) {
        Instant now = clock.instant();
        Optional<Instant> madeAt = Optional.ofNullable(form.field("page")).flatMap(stamp -> stamps.read(stamp, link));
        List<String> marks = marks(link, outcome, form, Client.of(request), madeAt.orElse(null), now);
        if (mayChange && form.replaces() != null) {
            // a page has asked before another answer is given on purpose
            marks.remove(ANOTHER_OUTCOME);
        }
        recently.submitted(link, outcome, now);
        return new Look(
                finding(link, form.field("code"), marks),
                marks,
                madeAt.map(made -> Duration.between(made, now)).orElse(null),
                recently.sweeps(link));
    }

    private List<String> marks(
            DecisionLink link, int outcome, Form form, Client client, @Nullable Instant madeAt, Instant now) {
        List<String> marks = new ArrayList<>();
        String apart = form.field("note");
        if (apart != null && !apart.isBlank()) {
            marks.add("a field that people do not see was filled");
        }
        if (recently.wasSubmittedOtherwise(link, outcome, now)) {
            marks.add(ANOTHER_OUTCOME);
        }
        if (form.field("outcome") != null) {
            return marks;
        }
        if (madeAt != null && now.isBefore(madeAt.plus(AT_ONCE))) {
            marks.add("no button was pressed, and it came within 1 s of its page");
        }
        // whoever fetches all pages first and submits them later has opened the others since this one was made
        Instant since = (madeAt == null ? now : madeAt).minus(Recently.A_MOMENT);
        if (recently.hasOpenedAnother(link, client, since)) {
            marks.add("no button was pressed, and the same visitor had just opened other links of the email");
        }
        return marks;
    }

    private Finding finding(DecisionLink link, @Nullable String typed, List<String> marks) {
        if (typed == null) {
            return marks.isEmpty() ? Finding.PLAIN : Finding.DOUBTFUL;
        }
        if (PageCodes.normalised(typed).isEmpty()) {
            return Finding.CODE_IS_MISSING;
        }
        if (tries.take(link.holder()).isPresent()) {
            return Finding.TOO_MANY_CODES;
        }
        if (codes.isRight(typed, link)) {
            // whoever tries again because Temporal is out of reach guesses nothing
            tries.giveBack(link.holder());
            return Finding.CODE_IS_RIGHT;
        }
        return Finding.CODE_IS_WRONG;
    }
}
