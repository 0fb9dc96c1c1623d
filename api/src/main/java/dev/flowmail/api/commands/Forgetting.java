package dev.flowmail.api.commands;

import dev.flowmail.api.temporal.MailboxRuns;
import dev.flowmail.api.temporal.MailboxRuns.Finding;
import dev.flowmail.api.temporal.MailboxRuns.Run;
import dev.flowmail.api.temporal.TemporalFacts;
import io.grpc.StatusRuntimeException;
import java.io.PrintStream;
import java.time.Duration;

/** Goes through what names a mailbox, run by run, says what becomes of each, and counts. */
final class Forgetting {

    private static final Duration PROGRESS = Duration.ofSeconds(2);

    private final MailboxRuns runs;
    private final boolean delete;
    private final PrintStream out;
    private final PrintStream messages;

    private int ended;
    private int open;
    private int unreadable;
    private int kept;
    private long seen;
    private long told = System.nanoTime();

    /**
     * @param delete what has ended; else everything is only listed
     * @param messages where progress is told, and what cannot be read
     */
    Forgetting(MailboxRuns runs, boolean delete, PrintStream out, PrintStream messages) {
        this.runs = runs;
        this.delete = delete;
        this.out = out;
        this.messages = messages;
    }

    /** Returns whether everything could be read, and what was to be deleted was. */
    boolean all(MailboxPattern mailbox) {
        long all = runs.count();
        messages.println("Looking through " + all + (all == 1 ? " run ..." : " runs ..."));
        runs.search(mailbox, (run, finding) -> {
            seen++;
            if (System.nanoTime() - told > PROGRESS.toNanos()) {
                told = System.nanoTime();
                messages.println("  " + seen + " of " + all);
            }
            if (finding == Finding.NAMED) {
                handle(run);
            } else if (finding == Finding.UNREADABLE) {
                unreadable++;
                messages.println(describe(run) + "  cannot be read: its key is not among the payload keys");
            }
        });
        conclude();
        return unreadable + kept == 0;
    }

    private void handle(Run run) {
        if (run.isOpen()) {
            open++;
            out.println(describe(run) + "  open, left");
            return;
        }
        ended++;
        if (!delete) {
            out.println(describe(run) + "  ended");
            return;
        }
        try {
            runs.delete(run);
            out.println(describe(run) + "  deleted");
        } catch (StatusRuntimeException refused) {
            kept++;
            out.println(describe(run) + "  ended, NOT deleted: " + TemporalFacts.rootMessage(refused));
        }
    }

    private static String describe(Run run) {
        return run.started().toString().substring(0, "2026-11-28T14:30".length()) + "Z  " + run.id() + "  "
                + run.runId();
    }

    private void conclude() {
        out.println(ended - kept + (delete ? " deleted" : " ended") + ", " + open + " open and left"
                + (kept == 0 ? "" : ", " + kept + " not deleted")
                + (unreadable == 0 ? "" : ", " + unreadable + " not readable with these keys") + ".");
        if (!delete && ended > 0) {
            out.println("Nothing was deleted: the same command with --yes does it.");
        }
    }
}
