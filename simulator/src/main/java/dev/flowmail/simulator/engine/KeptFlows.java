package dev.flowmail.simulator.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** All flows of an engine as they stand now, by token. Safe for several threads. */
final class KeptFlows {
    private final Map<String, Flow> flows = new LinkedHashMap<>();
    private final List<Set<String>> elements = new ArrayList<>();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();

    /** Calls a listener, which must not block, whenever one has changed. */
    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    Flow add(Flow flow) {
        synchronized (this) {
            flows.put(flow.token(), flow);
        }
        listeners.forEach(Runnable::run);
        return flow;
    }

    /** These stand in one element: the first late answer completes the tokens of all of them. */
    synchronized void stand(Collection<Flow> together) {
        elements.add(together.stream().map(Flow::token).collect(Collectors.toUnmodifiableSet()));
    }

    /** Oldest first. */
    synchronized List<Flow> all() {
        return new ArrayList<>(flows.values());
    }

    synchronized Flow get(String token) {
        @Nullable Flow flow = flows.get(token);
        if (flow == null) {
            throw new IllegalArgumentException("No flow has this token");
        }
        return flow;
    }

    Flow change(String token, UnaryOperator<Flow> change) {
        Flow changed;
        synchronized (this) {
            changed = change.apply(get(token));
            flows.put(token, changed);
        }
        listeners.forEach(Runnable::run);
        return changed;
    }

    /** Keeps what a late answer is answered, which hangs on those before; unknown flows keep nothing. */
    Callback keep(String token, Function<Flow, Callback> answer, Supplier<Callback> unknown) {
        Callback callback;
        synchronized (this) {
            @Nullable Flow flow = flows.get(token);
            if (flow == null) {
                return unknown.get();
            }
            callback = answer.apply(flow);
            flows.put(token, flow.with(callback));
        }
        listeners.forEach(Runnable::run);
        return callback;
    }

    /** Whether a late answer has moved the flow, or one of those that stand in one element with it. */
    synchronized boolean isCompleted(Flow flow) {
        return flow.lateAnswer().isPresent()
                || elements.stream()
                        .filter(element -> element.contains(flow.token()))
                        .flatMap(Set::stream)
                        .anyMatch(token -> get(token).lateAnswer().isPresent());
    }
}
