package dev.flowmail.activities.smtp;

import java.util.Set;
import java.util.regex.Pattern;

/** Which reply is final, and which only says that it is enough for now: servers say both by the same codes. */
final class ReplyKinds {

    /** Gmail's daily quota; Exchange Online's limits for a sender, a tenant or a recipient. */
    private static final Set<String> LIMITS =
            Set.of("5.4.5", "5.1.90", "5.2.121", "5.2.122", "5.7.232", "5.7.233", "5.7.705");

    private static final Pattern LIMIT_IN_WORDS = Pattern.compile(
            "quota|throttl|rate[ -]?limit"
                    + "|too many (?!hops|received|headers|links|urls|(mime )?parts|attachments|levels|lines|characters)"
                    + "|\\b(sending|send|submission|hourly|daily|messages?|mails?|emails?|recipients?) limit"
                    + "|\\b(messages|mails|emails|recipients) (per|an?) (minute|hour|day)\\b"
                    + "|unusual sending activity"
                    + "|(try|retry|send|come back)( it| again| back)? (again )?later",
            Pattern.CASE_INSENSITIVE);

    /** Words that speak of the mail's size or of a full mailbox, which no waiting makes smaller. */
    private static final Pattern NO_LIMIT =
            Pattern.compile("\\bsize\\b|too (large|big|long)", Pattern.CASE_INSENSITIVE);

    private static final Set<String> TOO_LARGE_OR_FULL = Set.of("5.2.2", "5.2.3", "5.3.4", "5.1.1");

    private static final Pattern MAILBOX = Pattern.compile("mailbox|\\b(user|account)\\b", Pattern.CASE_INSENSITIVE);

    private static final Pattern TOO_MANY_RECIPIENTS = Pattern.compile(
            "^[45]\\.5\\.3\\b|too many|recipients? (limit|count)|(limit|maximum)\\b.*\\brecipients",
            Pattern.CASE_INSENSITIVE);

    private ReplyKinds() {}

    /** Whether asking again is in vain. */
    static boolean isFinal(Reply reply) {
        return reply.code() >= 500 && reply.code() <= 599 && !isLimit(reply) && !isTooManyRecipients(reply);
    }

    /** The server has had enough for now and says so by a code that is meant for ever. */
    static boolean isLimit(Reply reply) {
        if (reply.code() < 500 || reply.stage() == Stage.AUTH || TOO_LARGE_OR_FULL.contains(reply.enhancedCode())) {
            return false;
        }
        boolean ofRecipient =
                reply.stage() == Stage.RCPT && MAILBOX.matcher(reply.text()).find();
        return LIMITS.contains(reply.enhancedCode())
                || (!ofRecipient
                        && LIMIT_IN_WORDS.matcher(reply.text()).find()
                        && !NO_LIMIT.matcher(reply.text()).find());
    }

    /**
     * Whether the recipient is only one too many for this transaction. RFC 5321, section 4.5.3.1.10: older servers say 552
     * where it should be 452, and mean no refusal.
     */
    static boolean isTooManyRecipients(Reply reply) {
        return reply.stage() == Stage.RCPT
                && reply.code() >= 400
                && reply.code() <= 599
                && !TOO_LARGE_OR_FULL.contains(reply.enhancedCode())
                && TOO_MANY_RECIPIENTS.matcher(reply.text()).find();
    }
}
