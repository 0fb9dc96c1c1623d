package dev.flowmail.templates;

import dev.flowmail.templates.Page.FlowKnows;
import dev.flowmail.templates.Page.Recorded;

/** What a page says to somebody whose answer has just been recorded. */
final class RecordedMessage {

    private RecordedMessage() {}

    static Message of(Recorded recorded, Words words) {
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
        message.saysOf(recorded.flow()).about(recorded.matter()).answered(recorded.answer());
        if (recorded.flow() == FlowKnows.SOON && recorded.effect() == Page.Effect.DECIDED) {
            // the same page later: it has the way back once Flow has been told
            message.link("pending.check", "");
        }
        return message.wayBack(recorded.wayBack()).closing();
    }
}
