package dev.flowmail.api.decisions;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.flowmail.workflows.callback.LateAnswer;
import dev.flowmail.workflows.callback.Reached;
import dev.flowmail.workflows.decision.Decide;
import dev.flowmail.workflows.decision.DecisionState;
import dev.flowmail.workflows.mail.Question;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What this process knows of requests: what was seen of them lately, and what its worker tells. Safe for several threads. */
public final class RunMemories {

    /** More than are looked at within seconds; each has a state of some kilobytes. */
    private static final int MOST = 5_000;

    private final Ticker ticker;
    private final LoadingCache<String, RunMemory> memories;

    public RunMemories() {
        this(Ticker.systemTicker());
    }

    RunMemories(Ticker ticker) {
        this.ticker = ticker;
        this.memories = Caffeine.newBuilder()
                .ticker(ticker)
                .expireAfterAccess(Seen.STARTING)
                .maximumSize(MOST)
                .build(workflowId -> new RunMemory());
    }

    /** The clock of all of them. */
    Ticker ticker() {
        return ticker;
    }

    RunMemory of(String workflowId) {
        return memories.get(workflowId);
    }

    /** A request begins, and this process has its first state. */
    public void begins(String workflowId, DecisionState state) {
        of(workflowId).begins(state, ticker.read());
    }

    /** This process's worker plays a request from now on: the next answer ends it, and this process will know. */
    public void plays(String workflowId) {
        of(workflowId).plays();
    }

    /** It does so no longer. */
    public void leaves(String workflowId) {
        ifKnown(workflowId, RunMemory::leaves);
    }

    /** An answer has come to a request. */
    public void receives(String workflowId, Decide answer) {
        ifKnown(workflowId, memory -> memory.receives(answer));
    }

    /** Temporal has taken an answer that this process has handed over. */
    void accepts(String workflowId, Decide answer) {
        ifKnown(workflowId, memory -> memory.accepts(answer, ticker.read()));
    }

    /** This process has handed an answer over to Temporal, or tried to. */
    void handsOver(String workflowId, Decide answer) {
        ifKnown(workflowId, memory -> memory.handsOver(answer));
    }

    /** This process's worker has come to an end of which Flow is to be told; Temporal may not record it. */
    public void concludes(String workflowId, LateAnswer answer, DecisionState state) {
        ifKnown(workflowId, memory -> memory.concludes(answer, state));
    }

    /** The first try of a mail begins: Temporal has its request open at this moment, and nobody can have used its links. */
    public void mails(Question question) {
        ifKnown(question.workflowId(), memory -> memory.mails(question, ticker.read()));
    }

    /** Something has come to a request, or is about to: what was seen of it holds no longer. */
    public void moves(String workflowId) {
        ifKnown(workflowId, RunMemory::moves);
    }

    /** Flow is being told of the end, by this process: Temporal has recorded it. */
    public void ends(String workflowId, LateAnswer answer) {
        ifKnown(workflowId, memory -> memory.ends(answer, ticker.read()));
    }

    /** Flow has accepted what this process has told it. */
    public void reaches(String workflowId, Reached reached) {
        ifKnown(workflowId, memory -> memory.reaches(reached, ticker.read()));
    }

    /** What nobody has looked at has nothing to be told. */
    private void ifKnown(String workflowId, Consumer<RunMemory> change) {
        @Nullable RunMemory memory = memories.getIfPresent(workflowId);
        if (memory != null) {
            change.accept(memory);
        }
    }
}
