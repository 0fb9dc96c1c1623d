package dev.flowmail.api.recording;

import dev.flowmail.activities.flow.Who;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Leaves of a header its name and what it says of the transfer. */
final class HeaderRedaction {

    private static final Set<String> HEADERS = Set.of("content-type", "accept", "user-agent", "content-length");
    private static final Pattern HEADER = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,40}");

    private HeaderRedaction() {}

    static String value(String name, String value) {
        if (name.equalsIgnoreCase("authorization")) {
            return Arrays.stream(value.split(",", -1))
                    .map(String::strip)
                    .map(HeaderRedaction::authorization)
                    .collect(Collectors.joining(", "));
        }
        return HEADERS.contains(name.toLowerCase(Locale.ROOT)) ? value : "<text>";
    }

    static String name(String name) {
        return HEADER.matcher(name).matches() ? name.toLowerCase(Locale.ROOT) : "<key>";
    }

    private static String authorization(String value) {
        if (value.regionMatches(true, 0, "Basic ", 0, "Basic ".length())) {
            return "Basic <text>";
        }
        return Who.decode(value)
                .map(pairs -> "<who with " + String.join(" ", pairs.keySet()) + ">")
                .orElse("<text>");
    }
}
