package dev.flowmail.templates;

import dev.flowmail.templates.Page.AlreadyAnswered;
import dev.flowmail.templates.Page.AlreadyDecided;
import dev.flowmail.templates.Page.Asked;
import dev.flowmail.templates.Page.Confirm;
import dev.flowmail.templates.Page.FlowKnows;
import dev.flowmail.templates.Page.Gone;
import dev.flowmail.templates.Page.Home;
import dev.flowmail.templates.Page.Notice;
import dev.flowmail.templates.Page.Pending;
import dev.flowmail.templates.Page.Recorded;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.InstantSource;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Writes the pages that people see in a browser. They need no script, no cookie and nothing from elsewhere; their one style
 * sheet stands in the page, their icon lies beside them. The front page has a script, home.js, which copies an address.
 */
public final class Pages {

    /** How long a comment may be, in characters. */
    public static final int LONGEST_COMMENT = 2000;

    /** Path of the icon, which every page names. */
    public static final String ICON = "/favicon.svg";

    /** Of a mail's text, in characters: so much leaves room for the buttons on a phone. */
    private static final int LONGEST_SHOWN = 240;

    private static final int MOST_LINES_SHOWN = 6;

    private final Brand brand;
    private final String iconAddress;
    private final InstantSource clock;
    private final Templates templates;
    private final String stylesheet;
    private final String styleHash;

    /** In Flowmail's own name. */
    public Pages() {
        this(Brand.FLOWMAIL, "");
    }

    /** @param prefix the path below which people see all of Flowmail, e.g. {@code /some/prefix}; may be empty */
    public Pages(Brand brand, String prefix) {
        this(brand, prefix, InstantSource.system());
    }

    Pages(Brand brand, String prefix, InstantSource clock) {
        this.brand = brand;
        this.iconAddress = prefix + ICON;
        this.clock = clock;
        templates = new Templates(brand);
        boolean ownColour = !brand.accent().equals(Accent.FLOWMAIL);
        stylesheet =
                Templates.resource("page.css") + (ownColour ? brand.accent().css() : "") + Tone.css();
        styleHash = "'sha256-" + sha256(stylesheet) + "'";
    }

    /** What {@code style-src} of the Content-Security-Policy needs: {@code 'sha256-...'}, quotes included. */
    public String styleHash() {
        return styleHash;
    }

    /** The icon in the brand's colour, an SVG document. */
    public String icon() {
        return Templates.resource("favicon.svg")
                .replace(Accent.FLOWMAIL.light(), brand.accent().light());
    }

    /** Writes one page, a whole HTML document. */
    public String render(Page page) {
        return render(page, false);
    }

    /** The same, with a link to the receipt where there is one: the page's own address with the query {@code receipt}. */
    public String render(Page page, boolean hasReceipt) {
        Locale locale = brand.locale(page.language());
        Words words = templates.words(locale);
        if (page instanceof Confirm confirm) {
            return render("confirm", locale, "confirm.title", confirmation(confirm, words));
        }
        if (page instanceof Home home) {
            return render("home", locale, "home.title", Map.of("page", home));
        }
        Message message = message(page, words);
        Map<String, Object> model = new HashMap<>(Map.of("message", message, "receipt", hasReceipt));
        if (page instanceof Recorded recorded && recorded.goesOn() && recorded.wayBack() != null) {
            model.put("onward", recorded.wayBack());
        }
        return render("message", locale, message.title(), model);
    }

    private String render(String template, Locale locale, String title, Map<String, Object> model) {
        Map<String, Object> whole = new HashMap<>(model);
        whole.put("title", title);
        whole.put("stylesheet", stylesheet);
        whole.put("icon", iconAddress);
        return templates.render(template, locale, whole);
    }

    private Map<String, Object> confirmation(Confirm page, Words words) {
        Asked asked = page.asked();
        Map<String, Object> model = new HashMap<>();
        model.put("page", page);
        model.put("subject", words.line(asked.subject()));
        model.put("text", TextBody.html(asked.words(), "<p dir=\"auto\">"));
        model.put("beginning", beginning(asked.words()));
        model.put("deadline", words.date(page.deadline(), clock.instant()));
        model.put("agreement", agreement(asked, words));
        model.put("longestComment", LONGEST_COMMENT);
        model.put("field", "");
        // that a code is on its way is nothing that the person did wrong
        model.put("isNews", page.problem() == Page.Problem.FRESH_SENT);
        model.put("asksOne", page.outcomes().size() == 1);
        model.put("warning", warning(page, words));
        if (page.standing() != null) {
            String answer = page.outcomes().get(page.standing().outcome()).label();
            ZonedDateTime until = page.standing().until();
            model.put("stands", words.html("change.stands", answer, until == null ? "" : words.date(until)));
        }
        if (page.problem() != null) {
            model.put("problem", words.text(key(page.problem()), words.number(LONGEST_COMMENT)));
            model.put("field", field(page.problem()));
        }
        return model;
    }

    /** What pressing does. */
    private static String warning(Confirm page, Words words) {
        if (page.standing() != null) {
            return words.text("change.warning");
        }
        if (page.hold() != null) {
            return words.text("confirm.warning.hold", words.duration(page.hold()));
        }
        return words.text(page.outcomes().size() == 1 ? "confirm.warning.one" : "confirm.warning");
    }

    /** The id of the field that is wrong; empty when none is. */
    private static String field(Page.Problem problem) {
        return switch (problem) {
            case COMMENT_MISSING, COMMENT_TOO_LONG -> "comment";
            case CODE_MISSING, CODE_WRONG, CODE_TOO_OFTEN, FRESH_SENT, FRESH_WRONG, FRESH_OVER, FRESH_SOON -> "code";
            case NOT_CHANGED_YET -> "";
        };
    }

    /** What shows of a text that is folded; empty when it is short enough to stand there as it is. */
    private static String beginning(String text) {
        boolean isShort = text.length() <= LONGEST_SHOWN && text.lines().count() <= MOST_LINES_SHOWN;
        return isShort
                ? ""
                : Words.cut(
                        Words.visible(text.substring(0, Math.min(text.length(), 2 * LONGEST_SHOWN))), LONGEST_SHOWN);
    }

    private static List<String> agreement(Asked asked, Words words) {
        Agreement agreement = asked.agreement();
        if (agreement == null) {
            return List.of();
        }
        List<String> sentences = new ArrayList<>(agreement.sentences(words));
        sentences.add(words.text("confirm.answered", words.number(asked.answered()), words.number(agreement.asked())));
        return sentences;
    }

    private static Message message(Page page, Words words) {
        if (page instanceof Recorded recorded) {
            return recorded(recorded, words);
        }
        if (page instanceof Pending pending) {
            return new Message(words, Message.Tone.WAITING, "pending.title")
                    .says("pending.text")
                    .says("pending.later")
                    .about(pending.from(), pending.subject())
                    .fact("fact.answer", pending.outcome())
                    .link("pending.check", "");
        }
        if (page instanceof AlreadyAnswered answered) {
            return new Message(words, Message.Tone.DONE, "answered.title")
                    .vain(answered.attempt())
                    .says("answered.stands")
                    .says("recorded.others")
                    .about(answered.from(), answered.subject())
                    .fact("fact.answer", answered.outcome())
                    .fact("fact.comment", answered.comment())
                    .fact("fact.answered-at", words.date(answered.at()))
                    .vainComment(answered.attempt());
        }
        if (page instanceof AlreadyDecided decided) {
            return decided(decided, words);
        }
        if (page instanceof Gone gone) {
            return gone(gone, words);
        }
        if (page instanceof Notice notice) {
            String key = key(notice.kind());
            return new Message(words, Message.Tone.PROBLEM, key + ".title").says(key + ".text");
        }
        throw new IllegalArgumentException(
                "There is no message for a " + page.getClass().getSimpleName() + " page.");
    }

    private static Message recorded(Recorded recorded, Words words) {
        Message message = new Message(words, Message.Tone.DONE, "recorded.title");
        switch (recorded.effect()) {
            case DECIDED -> {
                message.says("recorded.decided");
                if (recorded.heldUntil() != null) {
                    message.says("recorded.held", words.date(recorded.heldUntil()))
                            .link("change.link", "");
                }
            }
            case OTHERS_STILL_ANSWER -> message.says("recorded.others");
            case ENDED_OTHERWISE -> {
                if (recorded.holds() == null) {
                    message.says("recorded.ended");
                } else {
                    message.says("recorded.holds", recorded.holds());
                }
            }
        }
        flow(message, recorded.flow())
                .about(recorded.from(), recorded.subject())
                .fact("fact.answer", recorded.outcome())
                .fact("fact.comment", recorded.comment())
                .fact("fact.answered-at", words.date(recorded.at()));
        if (recorded.flow() == FlowKnows.SOON && recorded.effect() == Page.Effect.DECIDED) {
            // the same page later: it has the way back once Flow has been told
            message.link("pending.check", "");
        }
        return message.wayBack(recorded.wayBack()).closing();
    }

    private static Message decided(AlreadyDecided decided, Words words) {
        Message message = new Message(words, Message.Tone.DONE, "decided.title").vain(decided.attempt());
        boolean bySeveral = decided.by().size() > 1;
        if (decided.byReader()) {
            message.says(bySeveral ? "decided.by-you-too" : "decided.by-you");
        } else if (bySeveral) {
            message.says("decided.by-several");
        } else {
            message.says("decided.by-other", decided.by().get(0));
        }
        if (decided.heldUntil() != null) {
            message.says("decided.held", words.date(decided.heldUntil()));
        }
        return flow(message.saysIf(decided.answered(), "decided.answered"), decided.flow())
                .about(decided.from(), decided.subject())
                .fact("fact.decision", decided.outcome())
                .fact("fact.decided-by", String.join("\n", decided.by()))
                .fact("fact.decided-at", words.date(decided.at()))
                .vainComment(decided.attempt())
                .wayBack(decided.wayBack());
    }

    private static Message gone(Gone gone, Words words) {
        String key = key(gone.reason());
        return new Message(words, Message.Tone.CLOSED, key + ".title")
                .vain(gone.attempt())
                .says(key + ".text")
                .about(gone.from(), gone.subject())
                .fact("fact.holds", gone.holds())
                .fact("fact.withdrawn-because", gone.words())
                .fact("fact.ended-at", gone.at() == null ? null : words.date(gone.at()))
                .vainComment(gone.attempt());
    }

    private static Message flow(Message message, FlowKnows flow) {
        return switch (flow) {
            case NOTHING_TO_TELL -> message;
            case SOON -> message.says("flow.soon");
            case YES -> message.says("flow.yes");
            case REFUSED -> message.says("flow.refused");
        };
    }

    /** {@code TIMED_OUT} is {@code timed-out} in the bundles. */
    private static String key(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every JDK has SHA-256.", impossible);
        }
    }
}
