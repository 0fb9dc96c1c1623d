package dev.flowmail.activities.network;

import java.util.List;
import java.util.stream.Stream;

/** Guards for tests. */
public final class Guards {

    private Guards() {}

    /**
     * A guard that allows more than what is public.
     *
     * @param entries as in {@code FLOWMAIL_NETWORK_ALLOW}
     */
    public static AllowList allowing(String... entries) {
        return new AllowList(allowances(entries));
    }

    static List<Allowance> allowances(String... entries) {
        return Stream.of(entries).map(Allowance::parse).toList();
    }
}
