package dev.flowmail.simulator.s3;

import dev.flowmail.simulator.engine.EngineValues;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * What Flow's own Amazon S3 connector hands out for files: the Id is a bare UUID, while the object's key has the resource path
 * before it; the {@code Download Uri} is signed for a few minutes. The bucket is served by this engine.
 */
public final class S3Connector {
    static final String PATH = "/s3/";

    private final URI address;
    private final Clock clock;
    private final Map<String, byte[]> objects = new ConcurrentHashMap<>();

    /** @param address where this engine listens */
    public S3Connector(URI address) {
        this(address, Clock.systemUTC());
    }

    S3Connector(URI address, Clock clock) {
        this.address = address;
        this.clock = clock;
    }

    /**
     * Stores a file.
     *
     * @param bucketAndPath the bucket and the connector's resource path, e.g. {@code orders/2026/november}
     * @param life of the download address; five minutes with the real one
     * @return the {@code $File} object
     */
    public JsonNode store(String bucketAndPath, String name, String mimeType, byte[] content, Duration life) {
        String id = UUID.randomUUID().toString();
        String key = bucketAndPath + "/" + id;
        objects.put(key, content.clone());
        String object = address + PATH + key;
        String signed = object + "?X-Amz-Expires=" + life.toSeconds() + "&until="
                + clock.instant().plus(life).toEpochMilli();
        return EngineValues.file(
                Map.of("Id", id, "Name", name, "Mime Type", mimeType, "Embed Uri", object, "Download Uri", signed));
    }

    /** An object's bytes; nothing when there is none, or when its address has expired. */
    Optional<byte[]> fetch(String key, long until) {
        return clock.instant().isAfter(Instant.ofEpochMilli(until))
                ? Optional.empty()
                : Optional.ofNullable(objects.get(key)).map(byte[]::clone);
    }
}
