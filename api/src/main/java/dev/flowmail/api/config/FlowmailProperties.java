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
 * Flowmail's settings, checked by {@link SettingsCheck} before any bean exists.
 *
 * @param publicUrl base of every link that is mailed, without a slash at its end; a path prefix is allowed
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
     * @param timeout when a request names none; 1 s to P119D
     */
    public record Decision(@DefaultValue("P30D") Duration timeout) {}

    /**
     * The attachment store.
     *
     * @param store where uploads are kept: {@code directory}
     * @param keep how long an upload lives after its upload or last use
     * @param maxSize for one file
     */
    public record Attachments(
            @DefaultValue("directory") String store,
            @DefaultValue("P2D") Duration keep,
            @DefaultValue("25MB") DataSize maxSize) {}

    /**
     * Keys, each {@code id:base64 of 32 bytes}, comma-separated.
     *
     * @param links the first signs decision links, all verify
     * @param payloads the first encrypts what Temporal and the attachment store keep, all decrypt
     */
    public record Keys(@Nullable String links, @Nullable String payloads) {
        public Keys {
            links = emptyToNull(links);
            payloads = emptyToNull(payloads);
        }

        /** Says nothing: keys stay out of logs. */
        @Override
        public String toString() {
            return "Keys[...]";
        }
    }

    /** HTTP Basic: both are set, or none. */
    public record Auth(@Nullable String username, @Nullable String password) {
        public Auth {
            username = emptyToNull(username);
            password = emptyToNull(password);
        }

        /** Whether callers have to sign in. */
        public boolean isRequired() {
            return username != null;
        }

        /** Says nothing: credentials stay out of logs. */
        @Override
        public String toString() {
            return "Auth[...]";
        }
    }

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
     * @param port of its gRPC front end, on 127.0.0.1
     * @param uiPort of its web UI, on 127.0.0.1
     */
    public record Temporal(
            @Nullable Path cli,
            @DefaultValue("7233") int port,
            @DefaultValue("8233") int uiPort) {}

    private static @Nullable String emptyToNull(@Nullable String setting) {
        return setting == null || setting.isBlank() ? null : setting;
    }
}
