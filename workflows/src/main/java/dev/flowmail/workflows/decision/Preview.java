package dev.flowmail.workflows.decision;

import io.temporal.workflow.Workflow;

/**
 * What runs of version 1.0, the last preview, do otherwise. Each question is asked where the ways part: its answer is kept in
 * the history, and a run that has not come so far takes today's way. All of it, {@link LocalFirstTry} included, can go once no
 * run of that version is open: 120 days after the last was started.
 */
final class Preview {

    private final boolean actsInHandlers = tookTheOldWay("handlers-record");

    /** Whether what a handler records is acted on at once, by the handler itself. */
    boolean actsInHandlers() {
        return actsInHandlers;
    }

    /** Whether the request ends all the same when the task that hears of the deadline has just accepted an extension. */
    static boolean endsDespiteAnExtension() {
        return tookTheOldWay("extension-holds");
    }

    /**
     * Whether Flow is told in the task that ends the request. An activity is scheduled by the same record that holds the end:
     * before it nobody outside hears of the end, and after it no event can make it another.
     */
    static boolean tellsBeforeTheEndIsRecorded() {
        return tookTheOldWay("told-when-recorded");
    }

    /** Whether an answer in clear was obeyed; one change id for each, for what came since is refused. */
    static boolean obeysPlainAnswer(int number) {
        return tookTheOldWay("plain-answer-" + number);
    }

    private static boolean tookTheOldWay(String change) {
        return Workflow.getVersion(change, Workflow.DEFAULT_VERSION, 1) == Workflow.DEFAULT_VERSION;
    }
}
