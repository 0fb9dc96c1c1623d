package dev.flowmail.api.recording;

import dev.flowmail.api.actions.ActionNames;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Leaves of an address what is Flow's own and says nothing of anybody: scheme, paths of Flow's and of ours, names of parameters. */
final class AddressRedaction {

    private static final Set<String> SEGMENTS = Set.of(
            "",
            "api",
            "run",
            "1",
            "2",
            "response",
            "state",
            "play",
            "default",
            "file",
            "content",
            "delete",
            "metadata",
            "install",
            "actions");

    private static final List<String> FLOWS_DOMAINS = List.of(".boomi.com", ".manywho.com");
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,40}");

    private AddressRedaction() {}

    /** What is left of an address; {@code <text>} for what is none. */
    static String of(String value) {
        try {
            URI address = new URI(value);
            String path = Arrays.stream(String.valueOf(address.getPath()).split("/", -1))
                    .map(segment -> isKnown(segment) ? segment : "<segment>")
                    .collect(Collectors.joining("/"));
            return address.getScheme() + "://" + host(address) + path + query(address);
        } catch (Exception notAnAddress) {
            return "<text>";
        }
    }

    private static String host(URI address) {
        String host = String.valueOf(address.getHost()).toLowerCase(Locale.ROOT);
        return FLOWS_DOMAINS.stream().anyMatch(host::endsWith) ? host : "<host>";
    }

    private static String query(URI address) {
        return address.getQuery() == null
                ? ""
                : Arrays.stream(address.getQuery().split("&", -1))
                        .map(pair -> pair.contains("=") ? pair.substring(0, pair.indexOf('=')) : "")
                        .map(name -> (NAME.matcher(name).matches() ? name : "<key>") + "=<text>")
                        .collect(Collectors.joining("&", "?", ""));
    }

    private static boolean isKnown(String segment) {
        return SEGMENTS.contains(segment) || ActionNames.ALL.contains(segment);
    }
}
