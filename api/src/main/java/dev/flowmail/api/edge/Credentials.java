package dev.flowmail.api.edge;

import dev.flowmail.api.config.FlowmailProperties.Auth;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * The one user name and password that open Flowmail, kept as a SHA-256 hash. A client certificate that the TLS layer has
 * accepted counts as well.
 */
final class Credentials {
    private static final String CERTIFICATES = "jakarta.servlet.request.X509Certificate";
    private static final Pattern BASIC = Pattern.compile("\\s*Basic\\s+(\\S+)\\s*", Pattern.CASE_INSENSITIVE);

    private final byte[] expected;

    private Credentials(byte[] expected) {
        this.expected = expected;
    }

    /** The configured credentials; empty when none are. */
    static Optional<Credentials> of(Auth auth) {
        if (auth.username() == null || auth.password() == null) {
            return Optional.empty();
        }
        byte[] pair = (auth.username() + ":" + auth.password()).getBytes(StandardCharsets.UTF_8);
        return Optional.of(new Credentials(sha256(pair)));
    }

    static boolean hasCertificate(HttpServletRequest request) {
        return request.getAttribute(CERTIFICATES) instanceof Object[] certificates && certificates.length > 0;
    }

    /**
     * Whether one of the request's {@code Authorization} values, separate or joined by a comma, is the right
     * {@code Basic}: the other one is Flow's user. Neither can hold a comma itself (RFC 7617; a who is URL-encoded).
     */
    boolean areIn(HttpServletRequest request) {
        return Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION)).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .map(BASIC::matcher)
                .filter(Matcher::matches)
                .anyMatch(basic -> areRight(basic.group(1)));
    }

    private boolean areRight(String encoded) {
        try {
            return MessageDigest.isEqual(expected, sha256(Base64.getDecoder().decode(encoded)));
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }

    private static byte[] sha256(byte[] pair) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(pair);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
