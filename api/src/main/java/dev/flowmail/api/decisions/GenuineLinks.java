package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.activities.links.LinkCodes;
import dev.flowmail.api.limits.RateLimit;
import dev.flowmail.api.limits.Source;
import dev.flowmail.templates.Page.Kind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** Tells genuine links from all others, and counts those. */
@Component
final class GenuineLinks {

    static final String PATH = "/decide/{*code}";
    static final String CHECK_PATH = "/check/{*code}";

    /** In a minute, from one source; a genuine code is never refused for them. */
    private static final int MOST_BAD_CODES = 60;

    private final RateLimit badCodes = new RateLimit(MOST_BAD_CODES);
    private final LinkCodes codes;

    GenuineLinks(LinkCodes codes) {
        this.codes = codes;
    }

    /** @param code what {@link #PATH} finds in a request's path */
    Optional<DecisionLink> verify(String code) {
        return codes.open(withoutSlash(code));
    }

    /** @param code what {@link #CHECK_PATH} finds in a request's path */
    Optional<DecisionLink> verifyCheck(String code) {
        return codes.openCheck(withoutSlash(code));
    }

    private static String withoutSlash(String code) {
        return code.startsWith("/") ? code.substring(1) : code;
    }

    /** One answer for all codes that are not ours, whatever is wrong with them. */
    Refusal unknown(HttpServletRequest request) {
        return badCodes.take(Source.of(request)).isPresent()
                ? new Refusal(HttpStatus.TOO_MANY_REQUESTS, Kind.TOO_MANY)
                : new Refusal(HttpStatus.NOT_FOUND, Kind.UNKNOWN);
    }

    /** A page that concerns no particular request, and its status. */
    record Refusal(HttpStatus status, Kind page) {}
}
