package dev.flowmail.templates;

import dev.flowmail.templates.DecisionMail.Link;
import dev.flowmail.templates.Page.AlreadyAnswered;
import dev.flowmail.templates.Page.AlreadyDecided;
import dev.flowmail.templates.Page.Answer;
import dev.flowmail.templates.Page.Asked;
import dev.flowmail.templates.Page.Attempt;
import dev.flowmail.templates.Page.Code;
import dev.flowmail.templates.Page.Comments;
import dev.flowmail.templates.Page.Confirm;
import dev.flowmail.templates.Page.Effect;
import dev.flowmail.templates.Page.File;
import dev.flowmail.templates.Page.FlowKnows;
import dev.flowmail.templates.Page.Gone;
import dev.flowmail.templates.Page.Home;
import dev.flowmail.templates.Page.Kind;
import dev.flowmail.templates.Page.Matter;
import dev.flowmail.templates.Page.Notice;
import dev.flowmail.templates.Page.Outcome;
import dev.flowmail.templates.Page.Pending;
import dev.flowmail.templates.Page.Problem;
import dev.flowmail.templates.Page.Reason;
import dev.flowmail.templates.Page.Recorded;
import dev.flowmail.templates.Page.Standing;
import java.net.URI;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One page and one mail of every kind. */
final class Samples {

    static final URI PUBLIC_URL = URI.create("https://mail.example.com/flowmail");
    static final ZonedDateTime DEADLINE = ZonedDateTime.parse("2026-03-03T14:30:00Z[UTC]");
    static final String FROM = "Alice Example";
    static final String SUBJECT = "Order 4711: new laptops for the design team";
    static final String ADDRESS = "alice@example.com";
    static final String TEXT = "12 laptops, 2 of them for the interns.\n\n" + "The offer ends on Friday. ".repeat(20);
    static final List<String> OUTCOMES = List.of("Approve", "Reject", "Ask me later");
    static final String CODE = "K7QMP";
    static final String CHECK = PUBLIC_URL + "/check/code";
    static final String WAY_BACK = "https://flow.example.com/join/1";

    private Samples() {}

    static List<Page> pages(String language) {
        return pages(language, FROM, SUBJECT, OUTCOMES);
    }

    static List<Page> pages(String language, String from, String subject, List<String> outcomes) {
        String first = outcomes.get(0);
        String second = outcomes.get(1);
        List<Page> pages = new ArrayList<>();
        for (Comments comments : Comments.values()) {
            pages.add(new Confirm(
                    language,
                    asked(from, subject),
                    buttons(outcomes),
                    1,
                    DEADLINE,
                    comments,
                    null,
                    null,
                    "stamp",
                    null));
        }
        for (Problem problem : Problem.values()) {
            pages.add(new Confirm(
                    language,
                    asked(from, subject),
                    buttons(outcomes),
                    0,
                    DEADLINE,
                    Comments.REQUIRED,
                    second,
                    problem,
                    "stamp",
                    code(problem)));
        }
        for (Problem problem : Problem.values()) {
            pages.add(new Confirm(
                            language,
                            asked(from, subject),
                            buttons(outcomes),
                            0,
                            DEADLINE,
                            Comments.OPTIONAL,
                            second,
                            problem,
                            "stamp",
                            code(problem),
                            Duration.ofMinutes(10),
                            null)
                    .changing(new Standing(1, "1772548200000", DEADLINE)));
        }
        pages.add(new Confirm(
                language,
                asked(from, subject),
                buttons(outcomes),
                0,
                DEADLINE,
                Comments.OFF,
                null,
                null,
                "stamp",
                null,
                Duration.ofSeconds(90),
                null));
        pages.add(new Recorded(
                language,
                new Matter(from, subject),
                new Answer(first, null, DEADLINE),
                Effect.DECIDED,
                null,
                FlowKnows.NOTHING_TO_TELL,
                null,
                true,
                DEADLINE));
        pages.add(new AlreadyDecided(
                language,
                new Matter(from, subject),
                first,
                List.of(from),
                false,
                DEADLINE,
                null,
                null,
                FlowKnows.NOTHING_TO_TELL,
                null,
                DEADLINE));
        for (Effect effect : Effect.values()) {
            for (FlowKnows flow : FlowKnows.values()) {
                pages.add(new Recorded(
                        language,
                        new Matter(from, subject),
                        new Answer(first, "Fine\nby me", DEADLINE),
                        effect,
                        second,
                        flow,
                        WAY_BACK,
                        false,
                        null));
                pages.add(new Recorded(
                        language,
                        new Matter(from, subject),
                        new Answer(first, "Fine\nby me", DEADLINE),
                        effect,
                        null,
                        flow,
                        null,
                        false,
                        null));
            }
        }
        pages.add(new Pending(language, new Matter(from, subject), first));
        pages.add(new AlreadyAnswered(language, new Matter(from, subject), new Answer(first, "Fine", DEADLINE), null));
        pages.add(new AlreadyAnswered(
                language,
                new Matter(from, subject),
                new Answer(first, null, DEADLINE),
                new Attempt(second, "Changed my mind")));
        pages.add(decided(language, from, subject, first, true, null, null, WAY_BACK));
        pages.add(decided(language, from, subject, first, true, first, second, WAY_BACK));
        pages.add(decided(language, from, subject, first, false, second, null, null));
        pages.add(decided(language, from, subject, first, false, null, first, null));
        for (Reason reason : Reason.values()) {
            pages.add(
                    new Gone(language, reason, new Matter(from, subject), DEADLINE, second, "No longer needed", null));
            pages.add(new Gone(language, reason, null, null, null, null, new Attempt(first, "Fine")));
            pages.add(new Gone(language, reason, null, null, null, null, null));
        }
        for (Kind kind : Kind.values()) {
            pages.add(new Notice(language, kind));
        }
        pages.add(new Home(language, PUBLIC_URL + "/api/email/1", "http://localhost:8233", ""));
        pages.add(new Home(language, PUBLIC_URL + "/api/email/1", null, ""));
        return pages;
    }

    private static Code code(Problem problem) {
        return problem.name().startsWith("FRESH") ? Code.FRESH : Code.MAILED;
    }

    static Asked asked(String from, String subject) {
        return new Asked(
                from,
                ADDRESS,
                subject,
                TEXT,
                false,
                List.of(new File("offer.pdf", 118_400L), new File("list.csv", null)),
                new Agreement(3, 2, OUTCOMES.get(1)),
                1);
    }

    static List<Outcome> buttons(List<String> labels) {
        Tone[] tones = {Tone.GREEN, Tone.RED, Tone.PLAIN};
        return IntStream.range(0, labels.size())
                .mapToObj(index -> new Outcome(labels.get(index), tones[index % tones.length]))
                .toList();
    }

    private static AlreadyDecided decided(
            String language,
            String from,
            String subject,
            String outcome,
            boolean byReader,
            @Nullable String answered,
            @Nullable String attempted,
            @Nullable String wayBack) {
        return new AlreadyDecided(
                language,
                new Matter(from, subject),
                outcome,
                answered == null ? List.of(from) : List.of(from, "Bob"),
                byReader,
                DEADLINE,
                answered,
                attempted == null ? null : new Attempt(attempted, "Two\nlines"),
                FlowKnows.SOON,
                wayBack,
                null);
    }

    static WholeMail mail(String language, @Nullable String text, @Nullable String html) {
        return new WholeMail(language, FROM, SUBJECT, text, html, links(OUTCOMES), DEADLINE, false);
    }

    static List<Link> links(List<String> labels) {
        List<Link> links = new ArrayList<>();
        for (int index = 0; index < labels.size(); index++) {
            links.add(new Link(labels.get(index), PUBLIC_URL + "/decide/code-" + index));
        }
        return links;
    }
}
