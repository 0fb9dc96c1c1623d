package dev.flowmail.verification.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/** Callers side by side, each of which begins the next step when one is done. A step that fails is noted, and they go on. */
final class Callers {
    private final List<Thread> threads = new ArrayList<>();

    private Callers() {}

    /** They go on as long as they are told to. */
    static Callers start(int number, BooleanSupplier goesOn, Runnable step, List<String> failures) {
        Callers callers = new Callers();
        for (int i = 0; i < number; i++) {
            Thread thread = new Thread(() -> {
                while (goesOn.getAsBoolean()) {
                    try {
                        step.run();
                    } catch (RuntimeException e) {
                        failures.add(String.valueOf(e.getMessage()));
                    }
                }
            });
            thread.setDaemon(true);
            thread.start();
            callers.threads.add(thread);
        }
        return callers;
    }

    /** So many steps among all of them; returns when they are done. */
    static void share(int number, int steps, Runnable step, List<String> failures) {
        AtomicInteger left = new AtomicInteger(steps);
        start(number, () -> left.getAndDecrement() > 0, step, failures).join();
    }

    /** Waits until all of them have stopped. */
    void join() {
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
