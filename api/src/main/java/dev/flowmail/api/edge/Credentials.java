package dev.flowmail.api.edge;

import dev.flowmail.api.settings.AuthProperties;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/** The one user name and password that open Flowmail. A client certificate that the TLS layer has accepted counts as well. */
final class Credentials {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final Pattern BASIC = Pattern.compile("Basic\\s+(\\S+)", Pattern.CASE_INSENSITIVE);

    /** A login and a who: no honest request has more. */
    private static final int MOST_VALUES = 2;

    private final SlowHash expected;

    private Credentials(SlowHash expected) {
        this.expected = expected;
    }

    /** The configured credentials; empty when none are. */
    static Optional<Credentials> of(AuthProperties auth) {
        return auth.username() == null || auth.password() == null
                ? Optional.empty()
                : Optional.of(new Credentials(SlowHash.of(auth.username() + ":" + auth.password())));
    }

    static boolean hasCertificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof Object[] certificates && certificates.length > 0;
    }

    /** Whether they are in the request: quick. */
    boolean areKnownIn(HttpServletRequest request) {
        return logins(request).stream().anyMatch(expected::isKnown);
    }

    /** Whether they are in the request: slow where they are not. */
    boolean areIn(HttpServletRequest request) {
        return logins(request).stream().anyMatch(expected::isOf);
    }

    /**
     * What one of the request's {@code Authorization} values, separate or joined by a comma, holds after {@code Basic}: the
     * other one is Flow's user. Neither can hold a comma itself (RFC 7617; a who is URL-encoded). Of more values than these
     * two none is looked at: they would be guesses.
     */
    private static List<byte[]> logins(HttpServletRequest request) {
        List<String> values = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).stream()
                .flatMap(header -> Arrays.stream(header.split(",", -1)))
                .map(String::strip)
                .filter(value -> !value.isEmpty())
                .limit(MOST_VALUES + 1)
                .toList();
        return values.size() > MOST_VALUES
                ? List.of()
                : values.stream()
                        .map(BASIC::matcher)
                        .filter(Matcher::matches)
                        .flatMap(basic -> decoded(basic.group(1)).stream())
                        .toList();
    }

    private static Optional<byte[]> decoded(String base64) {
        try {
            return Optional.of(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }
}
