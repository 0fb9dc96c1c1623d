package dev.flowmail.templates;

import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a page says to the person who opened it. All strings may be anything, addresses included; times are in the zone in which
 * they are shown.
 */
public sealed interface Page {

    /** BCP 47 tag, see {@link Languages#tag}. */
    String language();

    /**
     * The request is open: shows what is asked, and asks to confirm the outcome that the link names. Its form posts to the
     * page's own address: the field "outcome", an index in {@code outcomes}, and the field "comment".
     *
     * @param outcomes in order
     * @param linked index of the outcome that the link names
     * @param deadline when the request ends by itself
     * @param comment the comment as typed before; null for an empty field
     * @param problem why an earlier submission was not accepted; null on a first visit
     * @param stamp goes back with the form, as the field "page"; null for none
     * @param code which code it asks for, in the field "code"; null for none
     * @param hold how long whoever gives the deciding answer may change it; null for not at all
     * @param standing the person's own answer, which decided and which the form changes; null where they have not answered
     */
    record Confirm(
            String language,
            Asked asked,
            List<Outcome> outcomes,
            int linked,
            ZonedDateTime deadline,
            Comments comments,
            @Nullable String comment,
            @Nullable Problem problem,
            @Nullable String stamp,
            @Nullable Code code,
            @Nullable Duration hold,
            @Nullable Standing standing)
            implements Page {

        /** Of an answer that cannot be changed. */
        public Confirm(
                String language,
                Asked asked,
                List<Outcome> outcomes,
                int linked,
                ZonedDateTime deadline,
                Comments comments,
                @Nullable String comment,
                @Nullable Problem problem,
                @Nullable String stamp,
                @Nullable Code code) {
            this(language, asked, outcomes, linked, deadline, comments, comment, problem, stamp, code, null, null);
        }

        public Confirm {
            if (linked < 0 || linked >= outcomes.size()) {
                throw new IllegalArgumentException(
                        "The linked outcome " + linked + " is not among " + outcomes.size() + ".");
            }
            outcomes = List.copyOf(outcomes);
        }

        /** The same page with what goes back with its form. */
        public Confirm stamped(String signed) {
            return new Confirm(
                    language, asked, outcomes, linked, deadline, comments, comment, problem, signed, code, hold,
                    standing);
        }

        /** The same page for somebody whose answer decided, and may be changed. */
        public Confirm changing(Standing answer) {
            return new Confirm(
                    language, asked, outcomes, linked, deadline, comments, comment, problem, stamp, code, hold, answer);
        }
    }

    /**
     * An answer that decided and may be changed.
     *
     * @param outcome its index
     * @param mark goes back with the form, as the field "change"
     * @param until how long; null when that is not known
     */
    record Standing(int outcome, String mark, @Nullable ZonedDateTime until) {}

    /**
     * An outcome to choose.
     *
     * @param label what people read on its button
     * @param tone the button's colour
     */
    record Outcome(String label, Tone tone) {

        /** In the brand's colour. */
        public Outcome(String label) {
            this(label, Tone.PLAIN);
        }
    }

    /**
     * What is asked.
     *
     * @param from who asks: a name, else an address
     * @param address who asks; null when {@code from} is it
     * @param subject may be empty
     * @param words of the mail's text, lines end in {@code \n}; empty when there are none, or they are not known
     * @param isWhole whether these are all of them
     * @param files what is attached
     * @param agreement who must agree; null where one person is asked, or that is not known
     * @param answered how many have answered
     */
    record Asked(
            String from,
            @Nullable String address,
            String subject,
            String words,
            boolean isWhole,
            List<File> files,
            @Nullable Agreement agreement,
            int answered) {

        public Asked {
            files = List.copyOf(files);
        }

        /** Says nothing: mails stay out of logs. */
        @Override
        public String toString() {
            return "Asked[...]";
        }
    }

    /**
     * A file that is attached to the mail.
     *
     * @param size in bytes; null when it is not known
     */
    record File(String name, @Nullable Long size) {}

    /**
     * Which request a page speaks of.
     *
     * @param from who asks: a name, else an address
     * @param subject may be empty
     */
    record Matter(String from, String subject) {}

    /**
     * What somebody answered.
     *
     * @param comment what they wrote with it; null when they wrote nothing
     * @param at when
     */
    record Answer(String outcome, @Nullable String comment, ZonedDateTime at) {}

    /** Whether a page asks for a comment. */
    enum Comments {
        OFF,
        OPTIONAL,
        REQUIRED
    }

    /** Which code a page asks for. */
    enum Code {
        /** That of the mail with the links. */
        MAILED,
        /** The one that was mailed just now. */
        FRESH
    }

    /** Why a submission was not accepted. */
    enum Problem {
        COMMENT_MISSING,
        COMMENT_TOO_LONG,
        /** The person has answered otherwise, and may change it. */
        NOT_CHANGED_YET,
        CODE_MISSING,
        CODE_WRONG,
        CODE_TOO_OFTEN,
        FRESH_SENT,
        FRESH_WRONG,
        FRESH_OVER,
        FRESH_SOON
    }

    /**
     * The person's answer is recorded.
     *
     * @param answer the person's
     * @param effect what came of it
     * @param holds the outcome that holds, when the request ended with another one; null when it ended with none
     * @param flow whether Flow knows how the request ended
     * @param wayBack http(s) address of the page that leads back into the flow; null when there is none
     * @param goesOn whether the browser is sent there at once: only the page of the deciding answer is
     * @param heldUntil how long the person may change it, where it decided; null when they may not
     */
    record Recorded(
            String language,
            Matter matter,
            Answer answer,
            Effect effect,
            @Nullable String holds,
            FlowKnows flow,
            @Nullable String wayBack,
            boolean goesOn,
            @Nullable ZonedDateTime heldUntil)
            implements Page {}

    /** What came of a recorded answer. */
    enum Effect {
        /** It decided the request, or the request was decided the same way. */
        DECIDED,
        /** The request goes on. */
        OTHERS_STILL_ANSWER,
        /** The request has ended with another outcome or with none. */
        ENDED_OTHERWISE
    }

    /** Whether Flow knows how a request ended. */
    enum FlowKnows {
        /** There is nothing to tell yet. */
        NOTHING_TO_TELL,
        /** Not yet; it will be told as soon as it answers. */
        SOON,
        YES,
        /** It refuses to be told; an operator can try again. */
        REFUSED
    }

    /**
     * The answer is stored, but whether it counts is not known yet. What is null is left out.
     *
     * @param outcome what the person answered
     */
    record Pending(
            String language,
            @Nullable Matter matter,
            @Nullable String outcome) implements Page {}

    /**
     * The person has answered and the request goes on.
     *
     * @param answer the person's first, which stands
     * @param attempt another answer that they have just tried; null when they have not
     */
    record AlreadyAnswered(
            String language,
            Matter matter,
            Answer answer,
            @Nullable Attempt attempt) implements Page {}

    /**
     * An answer that was submitted in vain.
     *
     * @param comment as typed, so that it is not lost to who typed it; null for none
     */
    record Attempt(String outcome, @Nullable String comment) {}

    /**
     * The request was decided before.
     *
     * @param outcome what was decided
     * @param by whose answers decided it, each by name, else address; at least one
     * @param byReader whether one of them is by the person who reads this
     * @param at when it was decided
     * @param answered what the reader had answered; null when they had not
     * @param attempt what the reader has just tried; null when they have not
     * @param flow whether Flow knows
     * @param wayBack as in {@link Recorded}; give it only to a person whose answer stands
     * @param heldUntil how long the person who decided may change it; null when nobody may
     */
    record AlreadyDecided(
            String language,
            Matter matter,
            String outcome,
            List<String> by,
            boolean byReader,
            ZonedDateTime at,
            @Nullable String answered,
            @Nullable Attempt attempt,
            FlowKnows flow,
            @Nullable String wayBack,
            @Nullable ZonedDateTime heldUntil)
            implements Page {

        public AlreadyDecided {
            by = List.copyOf(by);
        }
    }

    /**
     * The request has ended without a decision, or is not this person's any more. What is null is left out.
     *
     * @param at when the request ended
     * @param holds the outcome with which it ended all the same
     * @param words why it was withdrawn, as who did it wrote
     * @param attempt an answer that was submitted all the same
     */
    record Gone(
            String language,
            Reason reason,
            @Nullable Matter matter,
            @Nullable ZonedDateTime at,
            @Nullable String holds,
            @Nullable String words,
            @Nullable Attempt attempt)
            implements Page {}

    /** Why there is nothing to answer any more. */
    enum Reason {
        TIMED_OUT,
        WITHDRAWN,
        NO_AGREEMENT,
        MAIL_FAILED,
        REASSIGNED,
        TERMINATED,
        /** The history is no longer kept. */
        FORGOTTEN
    }

    /** Something that concerns no particular request: the same for everybody in that language. */
    record Notice(String language, Kind kind) implements Page {}

    /** What a {@link Notice} says. */
    enum Kind {
        /** 200: the link for scanners. */
        CHECK,
        /** 404: not a link of ours. */
        UNKNOWN,
        /** 400: not a submission of ours. */
        BAD_REQUEST,
        /** 503: Temporal cannot be reached; nothing was recorded. */
        TRY_LATER,
        /** 429: too many bad links from one source. */
        TOO_MANY,
        /** 500: our own fault. */
        FAILED
    }

    /**
     * The front page.
     *
     * @param connectorUrl the address to paste into Flow
     * @param temporalUrl http(s) address of Temporal's web interface; null when it is not to be shown
     * @param root what leads from the page's address to Flowmail's own, e.g. empty or {@code ../../}
     */
    record Home(
            String language, String connectorUrl, @Nullable String temporalUrl, String root) implements Page {}
}
