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
 * Flowmail's settings, checked by {@link SettingsCheck} before any bean exists. Editors show each description by itself.
 *
 * @param publicUrl base of every link that is mailed, e.g. https://mail.example.com/flowmail; a path prefix is allowed.
 *     http://localhost and the port when not set
 * @param dataDirectory where the embedded Temporal's database, generated keys and uploaded files are; nobody else may read
 *     it
 * @param decision settings of decision requests
 * @param attachments settings of the attachment store
 * @param keys the key settings; generated in the data directory when not set
 * @param auth HTTP Basic for Flow and operators
 * @param codec the codec end points
 * @param network what may be dialled for a caller
 * @param smtp what one mail server gets at most
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
        @DefaultValue Smtp smtp,
        @DefaultValue Temporal temporal) {

    /**
     * Decision requests.
     *
     * @param timeout how long a decision request waits when it names no Timeout; PT1S to P119D
     */
    public record Decision(@DefaultValue("P30D") Duration timeout) {}

    /**
     * The attachment store.
     *
     * @param store where uploads are kept: directory, in the data directory
     * @param keep how long an uploaded file lives after its upload or last use
     * @param maxSize how large one uploaded or downloaded file may be
     */
    public record Attachments(
            @DefaultValue("directory") String store,
            @DefaultValue("P2D") Duration keep,
            @DefaultValue("25MB") DataSize maxSize) {}

    /**
     * Keys, each {@code id:base64 of 32 bytes}, comma-separated.
     *
     * @param links keys of the links that are mailed, each id:base64 of 32 bytes, comma-separated; the first signs, all verify.
     *     Generated in the data directory when not set
     * @param payloads keys of what Temporal and the attachment store keep, each id:base64 of 32 bytes, comma-separated; the
     *     first encrypts, all decrypt. Generated in the data directory when not set
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

    /**
     * HTTP Basic: both are set, or none.
     *
     * @param username HTTP Basic user that Flow and operators sign in as; without a colon
     * @param password HTTP Basic password of that user
     */
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
     * @param origins origins whose pages may call the codec, exact and comma-separated; the embedded UI's when not set
     */
    public record Codec(@DefaultValue List<String> origins) {}

    /**
     * What may be dialled for a caller.
     *
     * @param allow hosts, addresses or CIDR ranges, comma-separated, that are not public and may be dialled for a caller
     *     nevertheless
     */
    public record Network(@DefaultValue List<String> allow) {}

    /**
     * What one replica asks of one mail server (host and port) at most.
     *
     * @param connections how many connections one mail server gets at once from one replica, 1 to 100
     * @param rate how many mails one mail server gets from one replica, per second, minute or hour, e.g. 5/s, 30/m or 1000/h; any
     *     number when not set
     */
    public record Smtp(
            @DefaultValue("8") int connections, @Nullable String rate) {
        public Smtp {
            rate = emptyToNull(rate);
        }
    }

    /**
     * The embedded Temporal server.
     *
     * @param cli the Temporal CLI that the embedded server runs, 1.9.1 or newer; found on PATH when not set
     * @param port port of the embedded Temporal, on 127.0.0.1
     * @param uiPort port of the embedded Temporal's web UI, on 127.0.0.1
     */
    public record Temporal(
            @Nullable Path cli,
            @DefaultValue("7233") int port,
            @DefaultValue("8233") int uiPort) {}

    private static @Nullable String emptyToNull(@Nullable String setting) {
        return setting == null || setting.isBlank() ? null : setting;
    }
}
