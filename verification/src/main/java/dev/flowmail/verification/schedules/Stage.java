package dev.flowmail.verification.schedules;

import dev.flowmail.verification.operators.Operators;
import dev.flowmail.verification.programs.FlowmailProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** One Flowmail on which schedules are played, many at once. */
final class Stage {
    private final FlowmailProcess flowmail;
    private final Operators operators;
    private final Killer killer;
    private final ExecutorService threads;

    Stage(FlowmailProcess flowmail, Operators operators, Killer killer, ExecutorService threads) {
        this.flowmail = flowmail;
        this.operators = operators;
        this.killer = killer;
        this.threads = threads;
    }

    /** @param judged is handed each result, one after the other */
    void play(List<Schedule> schedules, int together, Consumer<Play.Result> judged) {
        ExecutorService players = Executors.newFixedThreadPool(together);
        CompletionService<Play.Result> results = new ExecutorCompletionService<>(players);
        List<Object> begun = new ArrayList<>();
        for (Schedule schedule : schedules) {
            begun.add(results.submit(new Play(schedule, flowmail, operators, killer, threads)::play));
        }
        try {
            for (int result = 0; result < begun.size(); result++) {
                judged.accept(results.take().get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        } finally {
            players.shutdownNow();
        }
    }
}
