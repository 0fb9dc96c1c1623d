package dev.flowmail.api.temporal;

import io.temporal.common.converter.DataConverter;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The line by which Temporal's UI lists a run. It is encrypted like all else, which takes some of the room that the server
 * allows: the more, the more keys there are.
 */
final class Summaries {

    /** The server's {@code limit.userMetadataSummarySize}, in bytes of the payload. */
    private static final int LARGEST = 400;

    /** The id that a payload is bound to, once in its metadata, and the lengths of what grows. */
    private static final int BINDING = 100;

    private static final String CUT = "\u2026";

    private final DataConverter converter;

    Summaries(DataConverter converter) {
        this.converter = converter;
    }

    /** What fits of the subject, then the counts; null when not even the counts fit. */
    @Nullable
    String of(String subject, String counts) {
        int room = LARGEST - BINDING - converter.toPayload("").orElseThrow().getSerializedSize() - size(counts);
        if (room < 0) {
            return null;
        }
        String words = subject.strip();
        String shown = cut(words, room - size(CUT + ": "));
        if (shown.isEmpty()) {
            return counts;
        }
        return shown + (shown.length() < words.length() ? CUT : "") + ": " + counts;
    }

    /** The beginning of a text, of so many bytes at most, without half a character. */
    private static String cut(String text, int bytes) {
        int end = 0;
        int taken = 0;
        while (end < text.length()) {
            int next = text.offsetByCodePoints(end, 1);
            taken += size(text.substring(end, next));
            if (taken > bytes) {
                break;
            }
            end = next;
        }
        return text.substring(0, end).strip();
    }

    /** As JSON, roughly: what has to be escaped takes two bytes. */
    private static int size(String text) {
        int escaped = (int) text.chars()
                .filter(character -> character == '"' || character == '\\')
                .count();
        return text.getBytes(StandardCharsets.UTF_8).length + escaped;
    }
}
