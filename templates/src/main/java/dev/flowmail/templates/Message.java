package dev.flowmail.templates;

import dev.flowmail.templates.Page.Answer;
import dev.flowmail.templates.Page.Matter;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The model of a page that only tells something: sentences, facts, and perhaps one link. */
public final class Message {

    private static final Pattern WEB_ADDRESS = Pattern.compile("(?i)https?://[^\\s\\\\]+");

    /** How a page feels; shown by its mark, and never by that alone. */
    public enum Tone {
        DONE,
        WAITING,
        CLOSED,
        PROBLEM
    }

    /**
     * A fact.
     *
     * @param label key of its name
     */
    public record Fact(String label, String value) {}

    /**
     * A link.
     *
     * @param label key of its text
     */
    public record Link(String label, String address) {}

    private final Words words;
    private Tone tone;
    private String title;
    private @Nullable String subtitle;
    private final List<String> sentences = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    private @Nullable Link link;

    Message(Words words, Tone tone, String title) {
        this.words = words;
        this.tone = tone;
        this.title = title;
    }

    Message says(String key, String... values) {
        sentences.add(words.html(key, (Object[]) values));
        return this;
    }

    Message saysIf(@Nullable String value, String key) {
        return value == null ? this : says(key, value);
    }

    /** Whether Flow knows how the request ended. */
    Message saysOf(Page.FlowKnows flow) {
        return switch (flow) {
            case NOTHING_TO_TELL -> this;
            case SOON -> says("flow.soon");
            case YES -> says("flow.yes");
            case REFUSED -> says("flow.refused");
        };
    }

    /** Says above all that an answer was not counted, and gives back what was written with it. */
    Message vain(Page.@Nullable Attempt attempt) {
        if (attempt == null) {
            return this;
        }
        tone = Tone.CLOSED;
        subtitle = title;
        title = "attempt.title";
        return says("attempt.vain", attempt.outcome());
    }

    /** The facts of an answer that was not counted; behind the others. */
    Message vainComment(Page.@Nullable Attempt attempt) {
        return fact("fact.vain-comment", attempt == null ? null : attempt.comment());
    }

    Message about(@Nullable Matter matter) {
        return matter == null ? this : fact("fact.subject", matter.subject()).fact("fact.from", matter.from());
    }

    Message answered(Answer answer) {
        return fact("fact.answer", answer.outcome())
                .fact("fact.comment", answer.comment())
                .fact("fact.answered-at", words.date(answer.at()));
    }

    Message fact(String label, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            facts.add(new Fact(label, words.lines(value)));
        }
        return this;
    }

    Message link(String label, String address) {
        link = new Link(label, address);
        return this;
    }

    Message wayBack(@Nullable String address) {
        return address != null && WEB_ADDRESS.matcher(address).matches() ? link("way-back", address) : this;
    }

    /** Without a way on, says that this was all. */
    Message closing() {
        return link == null ? says("close") : this;
    }

    public String title() {
        return title;
    }

    public Tone tone() {
        return tone;
    }

    /** Key of what explains the title; null when nothing does. */
    public @Nullable String subtitle() {
        return subtitle;
    }

    /** HTML. */
    public List<String> sentences() {
        return sentences;
    }

    public List<Fact> facts() {
        return facts;
    }

    public @Nullable Link link() {
        return link;
    }
}
