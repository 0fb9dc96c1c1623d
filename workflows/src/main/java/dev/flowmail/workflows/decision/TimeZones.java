package dev.flowmail.workflows.decision;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Time zones by their IANA names, e.g. {@code Europe/Berlin}. */
public final class TimeZones {

    /** What {@link #parse} takes, for error sentences. */
    public static final String FORM = "the IANA name of a time zone, such as Europe/Berlin, America/New_York or UTC";

    private static final ZoneId UTC = ZoneId.of("UTC");
    private static final int LONGEST = 60;

    private TimeZones() {}

    /** The zone of that name, whatever its case; empty for everything else, offsets such as {@code +02:00} included. */
    public static Optional<ZoneId> parse(String name) {
        String wanted = name.strip().replace(' ', '_');
        return wanted.length() > LONGEST
                ? Optional.empty()
                : ZoneId.getAvailableZoneIds().stream()
                        .filter(wanted::equalsIgnoreCase)
                        .findFirst()
                        .map(ZoneId::of);
    }

    /** The zone that a request kept; UTC when it kept none, or one that this Java has not heard of. */
    public static ZoneId of(@Nullable String kept) {
        try {
            return kept == null ? UTC : ZoneId.of(kept);
        } catch (DateTimeException unknown) {
            return UTC;
        }
    }
}
