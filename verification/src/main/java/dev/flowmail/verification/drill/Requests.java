package dev.flowmail.verification.drill;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** All requests that flows have begun, for several threads. */
final class Requests {
    private final List<Request> all = new CopyOnWriteArrayList<>();
    private final Map<String, Request> byRecipient = new ConcurrentHashMap<>();

    void add(Request request, List<String> recipients) {
        recipients.forEach(recipient -> byRecipient.put(recipient, request));
        all.add(request);
    }

    List<Request> all() {
        return all;
    }

    /** Who was asked at this address; null when nobody was. */
    @Nullable
    Request of(String recipient) {
        return byRecipient.get(recipient);
    }

    boolean areAccepted() {
        return all.stream().allMatch(Request::isAccepted);
    }
}
