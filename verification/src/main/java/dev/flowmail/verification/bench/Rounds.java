package dev.flowmail.verification.bench;

import static dev.flowmail.verification.bench.Figures.percentile;

import dev.flowmail.verification.bench.Load.Sample;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** In each round every contender is measured with many callers, with one, and sending plain mails. */
final class Rounds {
    /** Longer than a queue of this length takes: the task was lost on its way to the worker. */
    private static final long LATE_MILLIS = 50_000;

    private static final int MAILS_PER_SECOND_OF_LENGTH = 30;

    private final Run run;
    private final Figures figures;
    private final List<Double> loads = new ArrayList<>();
    private final List<Double> otherLoads = new ArrayList<>();

    Rounds(Run run) {
        this.run = run;
        this.figures = run.figures();
    }

    /** The load of the machine after each round. */
    List<Double> loads() {
        return loads;
    }

    /** What other programs used of the machine in each round; 1 is all of it. */
    List<Double> otherLoads() {
        return otherLoads;
    }

    void play(List<Contender> order, int number) {
        OtherLoad others = new OtherLoad();
        String title = "round " + number + " of " + run.options().rounds() + ": ";
        order.forEach(who -> manyCallers(who, title));
        order.forEach(who -> oneCaller(who, title));
        order.forEach(who -> plainMails(who, title));
        others.share().ifPresent(otherLoads::add);
        loads.add(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    private void manyCallers(Contender who, String title) {
        run.settle();
        Sample many = run.load()
                .decisions(
                        who, run.options().callers(), run.runUp(), run.options().length());
        figures.decisions.add(who.side(), many.perSecond());
        figures.cpu.add(who.side(), many.cpu().own());
        figures.serverCpu.add(who.side(), many.cpu().server());
        figures.accept.add(who.side(), percentile(many.trips(), Trip::acceptMillis, 50));
        figures.acceptTail.add(who.side(), percentile(many.trips(), Trip::acceptMillis, 99));
        figures.click.add(who.side(), percentile(many.trips(), Trip::clickToCallbackMillis, 50));
        figures.clickTail.add(who.side(), percentile(many.trips(), Trip::clickToCallbackMillis, 99));
        figures.mail.add(who.side(), percentile(many.trips(), Trip::requestToMailMillis, 50));
        figures.mailTail.add(who.side(), percentile(many.trips(), Trip::requestToMailMillis, 95));
        run.say("%s%s, %.1f decisions a second", title, who.name(), many.perSecond());
    }

    private void oneCaller(Contender who, String title) {
        run.settle();
        Sample one = run.load().decisions(who, 1, Duration.ZERO, run.options().length());
        double accepted = percentile(one.trips(), Trip::acceptMillis, 50);
        double click = percentile(one.trips(), Trip::clickToCallbackMillis, 50);
        figures.decisionsOfOne.add(who.side(), one.perSecond());
        figures.acceptOne.add(who.side(), accepted);
        figures.acceptOneTail.add(who.side(), percentile(one.trips(), Trip::acceptMillis, 99));
        figures.clickOne.add(who.side(), click);
        figures.clickOneTail.add(who.side(), percentile(one.trips(), Trip::clickToCallbackMillis, 99));
        figures.mailOne.add(who.side(), percentile(one.trips(), Trip::requestToMailMillis, 50));
        run.say("%s%s, one caller: accepted in %.1f ms, click to callback %.1f ms", title, who.name(), accepted, click);
    }

    private void plainMails(Contender who, String title) {
        run.settle();
        int mails = (int) (run.options().length().toSeconds() * MAILS_PER_SECOND_OF_LENGTH);
        Sample sends = run.load().sends(who, run.options().callers(), mails);
        figures.sends.add(who.side(), sends.perSecond());
        figures.cpuOfSend.add(who.side(), sends.cpu().own());
        long late = sends.trips().stream()
                .filter(trip -> trip.mailed.isDone() && trip.requestToMailMillis() > LATE_MILLIS)
                .count();
        figures.lateSends.add(who.side(), (double) late);
        run.say("%s%s, %.1f plain sends a second", title, who.name(), sends.perSecond());
    }
}
