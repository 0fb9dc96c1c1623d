package dev.flowmail.api.edge;

import dev.flowmail.api.problems.ProblemException;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/** 429 for a tenant whose calls would leave the others none of the room that {@link ConcurrencyFilter} gives to all. */
final class TenantRoom {

    /** A fifth is always left for others; many who flood at once are still told 503. */
    static final int CALLS = ConcurrencyFilter.CALLS * 4 / 5;

    private static final Duration PAUSE = Duration.ofSeconds(5);

    private final ConcurrentMap<String, Integer> calls = new ConcurrentHashMap<>();

    /** Takes room for the request that this thread works on, until it has its answer. */
    void take(String tenant) {
        if (calls.merge(tenant, 1, Integer::sum) > CALLS) {
            giveBack(tenant);
            throw ProblemException.tooManyRequests(
                    "More requests of this tenant at the same time than Flowmail works on for one: nothing was"
                            + " accepted, try again later.",
                    PAUSE);
        }
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(
                        TenantRoom.class.getName(), () -> giveBack(tenant), RequestAttributes.SCOPE_REQUEST);
    }

    private void giveBack(String tenant) {
        calls.computeIfPresent(tenant, (one, number) -> number == 1 ? null : number - 1);
    }
}
