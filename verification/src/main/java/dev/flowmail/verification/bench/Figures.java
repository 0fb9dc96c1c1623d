package dev.flowmail.verification.bench;

import dev.flowmail.verification.bench.Figure.Goal;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** Every figure, in the order in which they are printed. */
final class Figures {
    private final String callers;
    final Figure decisions;
    final Figure decisionsOfOne = new Figure("decisions a second, one caller", "");
    final Figure sends;
    final Figure cpu = new Figure("CPU of a decision, own process", "ms", Goal.ratioAtMost(2));
    final Figure serverCpu = new Figure("CPU of a decision, Temporal's process", "ms");
    final Figure cpuOfSend = new Figure("CPU of a plain send, own process", "ms");
    final Figure lateSends = new Figure("plain sends whose task Temporal lost and gave again", "");
    final Figure acceptOne = new Figure(
            "accepting, one caller, p50",
            "ms",
            new Goal("<= bare start + 4 ms", (ours, bare) -> ours - bare, 4, false));
    final Figure acceptOneTail = new Figure("accepting, one caller, p99", "ms");
    final Figure accept;
    final Figure acceptTail;
    final Figure clickOne = new Figure("click to callback, one caller, p50", "ms", Goal.ratioAtMost(1.2));
    final Figure clickOneTail = new Figure("click to callback, one caller, p99", "ms");
    final Figure click;
    final Figure clickTail;
    final Figure mailOne = new Figure("request to mail, one caller, p50", "ms");
    final Figure mail;
    final Figure mailTail;
    final Figure events = new Figure("history of a decision", "events", Goal.atMost(24));
    final Figure bytes;
    final Figure actions = new Figure("billable actions of a decision, queries apart", "");
    final Cost held = Cost.of("held decision (bare: a plain one)");
    final Cost proven = Cost.of("with a fresh code (bare: without)");
    final Figure residentIdle = new Figure("memory idle, resident", "MB");
    final Figure heapIdle = new Figure("memory idle, heap after a collection", "MB");
    final Figure residentBusy = new Figure("memory under load, resident", "MB");
    final Figure heapBusy = new Figure("memory under load, heap after a collection", "MB");
    final Figure residentParked;
    final Figure heapParked;
    final Figure clickParked;
    final Figure clickAfterWait;
    final Figure burst;
    final Figure flooded;
    final Figure burstPages = new Figure("pages in that burst, p95", "ms", Goal.atMost(1_000));
    final Figure burstCpu = new Figure("CPU of a decision in that burst, own process", "ms", Goal.atMost(60));
    final Figure start = new Figure("start to readiness (bare: an empty web application)", "s", Goal.ratioAtMost(1.3));

    Figures(Bench.Options options, int requestBytes) {
        this.callers = options.callers() + " callers";
        decisions = new Figure("decisions a second, " + this.callers, "", Goal.ratioAtLeast(1));
        sends = new Figure("plain sends a second, " + this.callers, "", Goal.ratioAtLeast(0.95));
        accept = many("accepting", "p50");
        acceptTail = many("accepting", "p99");
        click = new Figure("click to callback, " + this.callers + ", p50", "ms", Goal.ratioAtMost(1.5));
        clickTail = many("click to callback", "p99");
        mail = many("request to mail", "p50");
        mailTail = new Figure("request to mail, " + this.callers + ", p95", "ms", Goal.ratioAtMost(0.3));
        bytes = new Figure(
                "history of a decision",
                "bytes",
                new Goal("<= bare + 1.5 x request", (ours, bare) -> (ours - bare) / requestBytes, 1.5, false));
        this.burst = new Figure(
                "last callback of the first " + options.burst() + " decisions at once", "s", Goal.ratioAtMost(1.2));
        flooded = new Figure(
                "request to mail, one caller, p95, beside " + options.flood()
                        + " mails of another tenant (bare: without)",
                "ms",
                Goal.ratioAtMost(3));
        String waiting = options.parked() + " waiting (bare: 100)";
        residentParked = new Figure("resident, " + waiting, "MB", Goal.ratioAtMost(1.1));
        heapParked = new Figure("heap, " + waiting, "MB", Goal.ratioAtMost(1.1));
        clickParked = new Figure("click, one caller, p50, " + waiting, "ms");
        clickAfterWait = new Figure("click on the first of " + options.parked() + ", p50", "ms");
    }

    private Figure many(String what, String percentile) {
        return new Figure(what + ", " + callers + ", " + percentile, "ms");
    }

    /** Those that were measured. */
    List<Figure> all() {
        Stream<Figure> usual = Stream.of(
                decisions,
                sends,
                cpu,
                acceptOne,
                clickOne,
                click,
                mailTail,
                events,
                bytes,
                heapParked,
                residentParked,
                start,
                burst,
                burstPages,
                burstCpu,
                flooded,
                decisionsOfOne,
                serverCpu,
                cpuOfSend,
                lateSends,
                acceptOneTail,
                accept,
                acceptTail,
                clickOneTail,
                clickTail,
                mailOne,
                mail,
                clickParked,
                clickAfterWait,
                actions,
                residentIdle,
                heapIdle,
                residentBusy,
                heapBusy);
        return Stream.of(usual, held.all(), proven.all())
                .flatMap(figures -> figures)
                .filter(Figure::isMeasured)
                .toList();
    }

    static double percentile(List<Trip> trips, ToDoubleFunction<Trip> what, double percent) {
        return Figure.percentile(trips.stream().mapToDouble(what).toArray(), percent);
    }
}
