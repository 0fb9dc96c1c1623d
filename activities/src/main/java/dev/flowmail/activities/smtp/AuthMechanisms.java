package dev.flowmail.activities.smtp;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The ways to sign in that a server offers, in upper case. */
record AuthMechanisms(Set<String> names) {

    private static final Pattern AUTH =
            Pattern.compile("^250[- ]AUTH(?:[ =\\t]+(.*))?$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    static final AuthMechanisms NONE = new AuthMechanisms(Set.of());

    /**
     * Servers say it in several ways, on several lines: {@code AUTH PLAIN}, {@code AUTH=LOGIN PLAIN}, in any case.
     *
     * @param lines the answer to EHLO
     */
    static AuthMechanisms in(String lines) {
        return new AuthMechanisms(AUTH.matcher(lines)
                .results()
                .map(line -> line.group(1) == null ? "" : line.group(1))
                .flatMap(names -> Stream.of(names.strip().split("[\\s,=]+")))
                .map(name -> name.toUpperCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet()));
    }

    boolean areThere() {
        return !names.isEmpty();
    }

    boolean contain(String mechanism) {
        return names.contains(mechanism.toUpperCase(Locale.ROOT));
    }
}
