package dev.flowmail.api.decisions;

import dev.flowmail.activities.links.DecisionLink;
import dev.flowmail.workflows.mail.Question.Comments;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/**
 * A submitted form: the fields of a body of type {@code application/x-www-form-urlencoded} (WHATWG URL, section 5), in UTF-8.
 * What stands in the address counts for nothing.
 */
record Form(Map<String, String> fields) {

    private static final int MOST_FIELDS = 100;

    /** Whether the body is said to be one. */
    static boolean isIn(HttpServletRequest request) {
        String type = request.getContentType();
        try {
            return type != null
                    && MediaType.APPLICATION_FORM_URLENCODED.equalsTypeAndSubtype(MediaType.parseMediaType(type));
        } catch (InvalidMediaTypeException malformed) {
            return false;
        }
    }

    /** Empty when it is malformed: a broken escape, a field that is there twice, more than 100 fields. */
    static Optional<Form> read(HttpServletRequest request) throws IOException {
        String body = new String(request.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        String[] pairs = body.split("&", MOST_FIELDS + 2);
        if (pairs.length > MOST_FIELDS) {
            return Optional.empty();
        }
        Map<String, String> fields = new HashMap<>();
        for (String pair : pairs) {
            String[] parts = pair.split("=", 2);
            try {
                String value = parts.length < 2 ? "" : decoded(parts[1]);
                if (!pair.isEmpty() && fields.put(decoded(parts[0]), value) != null) {
                    return Optional.empty();
                }
            } catch (IllegalArgumentException brokenEscape) {
                return Optional.empty();
            }
        }
        return Optional.of(new Form(Map.copyOf(fields)));
    }

    /** The field's text; null when it is not there. */
    @Nullable
    String field(String name) {
        return fields.get(name);
    }

    /** The index of the outcome that it names; where it names none, it stands for the link's own. Empty for one that does not exist. */
    Optional<Integer> outcome(DecisionLink link) {
        String outcome = field("outcome");
        if (outcome == null) {
            return Optional.of(link.outcome());
        }
        return outcome.matches("[0-9]{1,3}")
                ? Optional.of(Integer.valueOf(outcome)).filter(index -> index < link.outcomes())
                : Optional.empty();
    }

    /** The comment as plain text; null where there is none, or none is asked for. */
    @Nullable
    String comment(DecisionLink link) {
        String comment = field("comment");
        if (comment == null || link.comments() == Comments.OFF) {
            return null;
        }
        // forms send line ends as CR LF; other controls are no text
        String text = comment.replace("\r\n", "\n")
                .replaceAll("[\\p{Cntrl}&&[^\n\t]]", " ")
                .strip();
        return text.isEmpty() ? null : text;
    }

    /** When the answer was given that it is meant to replace; null where it answers the question. */
    @Nullable
    Instant replaces() {
        String given = field("change");
        return given != null && given.matches("[0-9]{1,15}") ? Instant.ofEpochMilli(Long.parseLong(given)) : null;
    }

    private static String decoded(String text) {
        // bytes that nobody escaped are UTF-8 too
        String unescaped = new String(text.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return URLDecoder.decode(unescaped, StandardCharsets.UTF_8);
    }
}
