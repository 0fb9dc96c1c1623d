package dev.flowmail.api.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Flowmail's settings.
 *
 * @param publicUrl base of every link that is mailed; a path prefix is allowed
 * @param dataDirectory the embedded Temporal's database, generated keys, uploaded files
 * @param decision settings of decision requests
 * @param attachments settings of the attachment store
 * @param keys the key settings; generated in the data directory when not set
 * @param auth HTTP Basic for Flow and operators
 * @param codec the codec end points
 * @param network what may be dialled for a caller
 * @param temporal the embedded Temporal server
 */
@ConfigurationProperties("flowmail")
public record FlowmailProperties(
        URI publicUrl,
        @DefaultValue(".flowmail") Path dataDirectory,
        @DefaultValue Decision decision,
        @DefaultValue Attachments attachments,
        @DefaultValue Keys keys,
        @DefaultValue Auth auth,
        @DefaultValue Codec codec,
        @DefaultValue Network network,
        @DefaultValue Temporal temporal) {

    /**
     * Decision requests.
     *
     * @param timeout when a request names none; at most P119D
     */
    public record Decision(@DefaultValue("P30D") Duration timeout) {}

    /**
     * The attachment store.
     *
     * @param keep how long an upload lives after its upload or last use
     * @param maxSize for one file
     */
    public record Attachments(
            @DefaultValue("P2D") Duration keep,
            @DefaultValue("25MB") DataSize maxSize) {}

    /**
     * Keys, each {@code id:base64 of 32 bytes}, comma-separated.
     *
     * @param links the first signs decision links, all verify
     * @param payloads the first encrypts what Temporal and the attachment store keep, all decrypt
     */
    public record Keys(@Nullable String links, @Nullable String payloads) {}

    /** HTTP Basic. */
    public record Auth(@Nullable String username, @Nullable String password) {}

    /**
     * The codec end points.
     *
     * @param origins whose pages may call them, exact
     */
    public record Codec(@DefaultValue List<String> origins) {}

    /**
     * What may be dialled for a caller.
     *
     * @param allow hosts, addresses or CIDR ranges that are not public and may be dialled nevertheless
     */
    public record Network(@DefaultValue List<String> allow) {}

    /**
     * The embedded Temporal server.
     *
     * @param cli the CLI that it runs; found on PATH when not set
     */
    public record Temporal(
            @Nullable Path cli,
            @DefaultValue("7233") int port,
            @DefaultValue("8233") int uiPort) {}
}
