package dev.flowmail.activities.attachments;

import java.time.Instant;
import java.util.Map;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/** When an object was used last, as it stands in its metadata. */
final class LastUse {

    /** rclone's and others' convention; servers that keep files by their own time read it. */
    private static final String TIME = "mtime";

    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");

    private LastUse() {}

    static Map<String, String> metadata(Instant time) {
        return Map.of(TIME, Long.toString(time.getEpochSecond()));
    }

    /** Of an object that does not say so, when it was written. */
    static Instant of(HeadObjectResponse head) {
        return head.metadata().entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(TIME)
                        && SECONDS.matcher(entry.getValue()).matches())
                .map(entry -> Instant.ofEpochSecond(Long.parseLong(entry.getValue())))
                .findFirst()
                .orElseGet(head::lastModified);
    }
}
