package dev.flowmail.verification.bench;

import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** The same Flowmail, asked for decisions of another kind than the usual one. */
record KindOfDecision(Contender flowmail, String name, Consumer<Trip> question, BiConsumer<Trip, String> click)
        implements Contender {

    @Override
    public Side side() {
        return flowmail.side();
    }

    @Override
    public void ask(Trip trip) {
        question.accept(trip);
    }

    @Override
    public void answer(Trip trip, String link) {
        click.accept(trip, link);
    }

    @Override
    public void send(Trip trip) {
        flowmail.send(trip);
    }

    @Override
    public List<ProcessHandle> processes() {
        return flowmail.processes();
    }

    @Override
    public List<ProcessHandle> temporal() {
        return flowmail.temporal();
    }
}
