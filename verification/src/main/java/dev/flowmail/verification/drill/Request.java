package dev.flowmail.verification.drill;

import dev.flowmail.simulator.inbox.ReceivedMail.AttachedFile;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** One request of the drill: what it asks of whom, and what is known of it. Safe for several threads. */
final class Request {
    static final String APPROVE = "Approve";
    static final String REJECT = "Reject";

    /** Of the kinds that are answered too late, or never. */
    static final Duration TIMEOUT = Duration.ofSeconds(20);

    /** Whoever does something about a mail or an acceptance does it within so long. */
    static final int LONGEST_THOUGHT_MILLIS = 25_000;

    /** The code of the fault. */
    static final String WITHDRAWN = "Withdrawn";

    /** What kind of request it is. */
    enum Kind {
        /** A plain mail to one person. */
        PLAIN,
        /** A decision of one person. */
        ONE,
        /** A decision that needs two, who agree. */
        BOTH,
        /** Two people click different outcomes; the first wins. */
        RACE,
        /** Nobody answers; the timeout outcome is Reject. */
        TIMEOUT,
        /** One person clicks Approve when time is up; the timeout outcome is Reject. */
        DEADLINE,
        /** An operator withdraws it while one person decides. */
        WITHDRAWN
    }

    private final Kind kind;
    private final String token;
    private final List<String> recipients;
    private final boolean approved;
    private final List<AttachedFile> files;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final Set<String> clicked = ConcurrentHashMap.newKeySet();
    private volatile @Nullable Instant acceptedAt;
    private volatile boolean withdrawn;

    /**
     * Asked, and not accepted yet.
     *
     * @param approved what the first recipient will click
     * @param files what its mails must carry
     */
    Request(Kind kind, String token, List<String> recipients, boolean approved, List<AttachedFile> files) {
        this.kind = kind;
        this.token = token;
        this.recipients = recipients;
        this.approved = approved;
        this.files = files;
    }

    Kind kind() {
        return kind;
    }

    String token() {
        return token;
    }

    List<String> recipients() {
        return recipients;
    }

    List<AttachedFile> files() {
        return files;
    }

    boolean isDecision() {
        return kind != Kind.PLAIN;
    }

    boolean isAnswered() {
        return isDecision() && kind != Kind.TIMEOUT;
    }

    /** Whether it can end only by everybody's answer. */
    boolean waitsForAll() {
        return kind == Kind.PLAIN || kind == Kind.ONE || kind == Kind.BOTH;
    }

    /** What a recipient clicks. */
    String choice(String recipient) {
        if (kind == Kind.DEADLINE) {
            return APPROVE;
        }
        boolean first = recipient.equals(recipients.get(0));
        return approved == (first || kind != Kind.RACE) ? APPROVE : REJECT;
    }

    /** Flowmail has accepted it: from here on it is Flowmail's to keep. */
    void accept() {
        acceptedAt = Instant.now();
    }

    boolean isAccepted() {
        return acceptedAt != null;
    }

    /** When it was accepted; now when nobody knows yet. */
    Instant acceptedAt() {
        Instant at = acceptedAt;
        return at == null ? Instant.now() : at;
    }

    /** A recipient answers; what becomes of it is not known yet. */
    void click(String recipient) {
        clicked.add(recipient);
    }

    boolean hasClicked(String recipient) {
        return clicked.contains(recipient);
    }

    /** Keeps the final status of a recipient's page. */
    void answer(String recipient, int status) {
        answers.putIfAbsent(recipient, status);
    }

    Map<String, Integer> answers() {
        return Map.copyOf(answers);
    }

    /** An operator's withdrawal has been done. */
    void withdraw() {
        withdrawn = true;
    }

    /**
     * Whether an end is one that the pages and the rules allow. A page that has not answered yet may still confirm it.
     *
     * @param end an outcome or the code of a fault
     */
    boolean allows(String end) {
        return switch (kind) {
            case TIMEOUT -> end.equals(REJECT);
            case DEADLINE -> end.equals(REJECT) ? !answers.containsValue(200) : isAnswer(end);
            case WITHDRAWN -> end.equals(WITHDRAWN) ? !answers.containsValue(200) : !withdrawn && isAnswer(end);
            default -> isAnswer(end);
        };
    }

    private boolean isAnswer(String outcome) {
        return recipients.stream()
                .anyMatch(recipient -> clicked.contains(recipient)
                        && answers.getOrDefault(recipient, 200) == 200
                        && choice(recipient).equals(outcome));
    }
}
