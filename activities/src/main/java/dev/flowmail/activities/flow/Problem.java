package dev.flowmail.activities.flow;

import dev.flowmail.templates.Beginning;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The body of every failed answer to Flow; its header is {@code X-ManyWho-Service-Problem-Kind: service}.
 *
 * @param uri the request's path
 * @param message at most 500 characters (UTF-16)
 */
public record Problem(
        String kind,
        String uri,
        int statusCode,
        @Nullable String responseBody,
        @Nullable Map<String, List<String>> responseHeaders,
        String message,
        @Nullable String invokeType,
        @Nullable String action) {

    private static final int LONGEST_MESSAGE = 500;

    /** A failure of the connector. A longer message is cut and ends with an ellipsis. */
    public static Problem of(String uri, int statusCode, String message) {
        return new Problem("service", uri, statusCode, null, null, shortened(message), null, null);
    }

    private static String shortened(String message) {
        return message.length() <= LONGEST_MESSAGE ? message : Beginning.of(message, LONGEST_MESSAGE - 1) + "…";
    }
}
