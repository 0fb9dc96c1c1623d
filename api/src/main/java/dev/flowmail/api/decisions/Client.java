package dev.flowmail.api.decisions;

import dev.flowmail.api.limits.Source;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.UUID;

/**
 * Who visits, as far as a visit tells: where it comes from and the program that it names. Behind a proxy that Flowmail does not
 * believe, all come from one place. Nothing can be read from it: it is a digest, of this process only.
 */
record Client(UUID digest) {

    private static final String SALT = UUID.randomUUID().toString();

    static Client of(HttpServletRequest request) {
        String seen = SALT + Source.of(request) + " " + Objects.requireNonNullElse(request.getHeader("User-Agent"), "");
        return new Client(UUID.nameUUIDFromBytes(seen.getBytes(StandardCharsets.UTF_8)));
    }
}
