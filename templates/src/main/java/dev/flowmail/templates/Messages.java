package dev.flowmail.templates;

import dev.flowmail.templates.Page.AlreadyAnswered;
import dev.flowmail.templates.Page.AlreadyDecided;
import dev.flowmail.templates.Page.Gone;
import dev.flowmail.templates.Page.Notice;
import dev.flowmail.templates.Page.Pending;
import dev.flowmail.templates.Page.Recorded;

/** What the pages say that ask nothing. */
final class Messages {

    private Messages() {}

    static Message of(Page page, Words words) {
        if (page instanceof Recorded recorded) {
            return RecordedMessage.of(recorded, words);
        }
        if (page instanceof Pending pending) {
            return new Message(words, Message.Tone.WAITING, "pending.title")
                    .says("pending.text")
                    .says("pending.later")
                    .about(pending.matter())
                    .fact("fact.answer", pending.outcome())
                    .link("pending.check", "");
        }
        if (page instanceof AlreadyAnswered answered) {
            return new Message(words, Message.Tone.DONE, "answered.title")
                    .vain(answered.attempt())
                    .says("answered.stands")
                    .says("recorded.others")
                    .about(answered.matter())
                    .answered(answered.answer())
                    .vainComment(answered.attempt());
        }
        if (page instanceof AlreadyDecided decided) {
            return decided(decided, words);
        }
        if (page instanceof Gone gone) {
            return gone(gone, words);
        }
        if (page instanceof Notice notice) {
            String key = BundleKey.of(notice.kind());
            return new Message(words, Message.Tone.PROBLEM, key + ".title").says(key + ".text");
        }
        throw new IllegalArgumentException(
                "There is no message for a " + page.getClass().getSimpleName() + " page.");
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
        return message.saysIf(decided.answered(), "decided.answered")
                .saysOf(decided.flow())
                .about(decided.matter())
                .fact("fact.decision", decided.outcome())
                .fact("fact.decided-by", String.join("\n", decided.by()))
                .fact("fact.decided-at", words.date(decided.at()))
                .vainComment(decided.attempt())
                .wayBack(decided.wayBack());
    }

    private static Message gone(Gone gone, Words words) {
        String key = BundleKey.of(gone.reason());
        return new Message(words, Message.Tone.CLOSED, key + ".title")
                .vain(gone.attempt())
                .says(key + ".text")
                .about(gone.matter())
                .fact("fact.holds", gone.holds())
                .fact("fact.withdrawn-because", gone.words())
                .fact("fact.ended-at", gone.at() == null ? null : words.date(gone.at()))
                .vainComment(gone.attempt());
    }
}
