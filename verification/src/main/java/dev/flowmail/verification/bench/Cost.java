package dev.flowmail.verification.bench;

import java.util.List;
import java.util.stream.Stream;

/** What one kind of decision costs, beside a plain one, which stands where otherwise bare Temporal does. */
record Cost(Figure cpu, Figure serverCpu, Figure events, Figure bytes, Figure actions) {

    /** @param kinds this kind, and the plain one in brackets */
    static Cost of(String kinds) {
        return new Cost(
                new Figure(kinds + ": CPU, own process", "ms"),
                new Figure(kinds + ": CPU, Temporal's", "ms"),
                new Figure(kinds + ": history", "events"),
                new Figure(kinds + ": history", "bytes"),
                new Figure(kinds + ": billable actions", ""));
    }

    /**
     * What was measured of decisions of one kind.
     *
     * @param histories events, bytes and billable actions of some of their runs
     */
    record Measured(Load.Sample sample, List<int[]> histories) {

        private double median(int index) {
            return Figure.median(
                    histories.stream().map(history -> (double) history[index]).toList());
        }
    }

    /** A round. */
    void add(Measured kind, Measured plain) {
        add(Side.FLOWMAIL, kind);
        add(Side.BARE, plain);
    }

    private void add(Side side, Measured measured) {
        cpu.add(side, measured.sample().cpu().own());
        serverCpu.add(side, measured.sample().cpu().server());
        events.add(side, measured.median(0));
        bytes.add(side, measured.median(1));
        actions.add(side, measured.median(2));
    }

    Stream<Figure> all() {
        return Stream.of(cpu, serverCpu, events, bytes, actions);
    }
}
