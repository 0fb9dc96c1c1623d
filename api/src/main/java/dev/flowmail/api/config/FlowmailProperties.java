package dev.flowmail.api.config;

import dev.flowmail.activities.network.ForwardProxy;
import dev.flowmail.workflows.decision.DecisionRequest.AfterAnswer;
import dev.flowmail.workflows.decision.DecisionRequest.Confirmation;
import io.temporal.common.WorkerDeploymentVersion;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
 * @param brandDirectory directory with brand.properties, messages_xx.properties and a logo, which mails and pages then
 *     show; Flowmail's own look and languages when not set
 * @param stopDelay how long everything is still answered when Flowmail is stopped, while readiness says out of service
 *     already: PT0S to PT5M. PT5S when not set while Temporal is elsewhere, so that another replica may take over
 * @param timeZone IANA name of the time zone in which emails and pages show times when a request names none, e.g.
 *     Europe/Berlin
 * @param decision settings of decision requests
 * @param attachments settings of the attachment store
 * @param keys the key settings; generated in the data directory when not set
 * @param auth HTTP Basic for Flow and operators
 * @param codec the codec endpoints
 * @param network what may be dialled for a caller
 * @param flow where Flow is
 * @param limits how much callers may ask for
 * @param smtp what one mail server gets at most
 * @param temporal the embedded Temporal server, and worker versioning
 */
@ConfigurationProperties("flowmail")
public record FlowmailProperties(
        URI publicUrl,
        @DefaultValue(".flowmail") Path dataDirectory,
        @Nullable Path brandDirectory,
        @DefaultValue("PT0S") Duration stopDelay,
        @DefaultValue("UTC") String timeZone,
        @DefaultValue Decision decision,
        @DefaultValue Attachments attachments,
        @DefaultValue Keys keys,
        @DefaultValue Auth auth,
        @DefaultValue Codec codec,
        @DefaultValue Network network,
        @DefaultValue Flow flow,
        @DefaultValue Limits limits,
        @DefaultValue Smtp smtp,
        @DefaultValue Temporal temporal) {

    public FlowmailProperties {
        brandDirectory = brandDirectory == null || brandDirectory.toString().isBlank() ? null : brandDirectory;
    }

    /**
     * Decision requests.
     *
     * @param timeout how long a decision request waits when it names no Timeout; PT1S to P119D. Flow's own default ends a
     *     state after 30 days without activity
     * @param afterAnswer where the page of the deciding answer leads when a request does not say: flow, into the flow by itself, or
     *     page
     * @param confirmation what a submission of the page needs when a request does not say: button, nothing more; careful, the code
     *     from the email where it looks automatic; or code, always
     */
    public record Decision(
            @DefaultValue("P28D") Duration timeout,
            @DefaultValue("flow") AfterAnswer afterAnswer,
            @DefaultValue("careful") Confirmation confirmation) {}

    /**
     * The attachment store.
     *
     * @param store where uploads are kept, and what requests need of them: directory, in the data directory, or s3, for
     *     several replicas
     * @param keep how long an uploaded file lives after its upload or last use
     * @param maxSize how large one uploaded or downloaded file may be
     * @param maxPerTenant how much the uploads of one tenant may hold that live at a time
     * @param maxTotal how much all uploads may hold that live at a time
     * @param s3 the bucket of the store s3
     */
    public record Attachments(
            @DefaultValue("directory") String store,
            @DefaultValue("P2D") Duration keep,
            @DefaultValue("25MB") DataSize maxSize,
            @DefaultValue("5GB") DataSize maxPerTenant,
            @DefaultValue("20GB") DataSize maxTotal,
            @DefaultValue S3 s3) {

        /**
         * The bucket of the store s3.
         *
         * @param bucket the S3 bucket that holds uploads and what requests need of them
         * @param region the region of that bucket, e.g. eu-central-1
         * @param endpoint http or https address of an S3-compatible store; Amazon's when not set
         * @param accessKey access key of that store; the AWS default chain (environment, profile, role) when not set
         * @param secretKey secret of the access key
         * @param pathStyle whether the bucket stands in the address's path instead of its host; true when not set while an
         *     endpoint is
         */
        public record S3(
                @Nullable String bucket,
                @Nullable String region,
                @Nullable String endpoint,
                @Nullable String accessKey,
                @Nullable String secretKey,
                @Nullable Boolean pathStyle) {
            public S3 {
                bucket = emptyToNull(bucket);
                region = emptyToNull(region);
                endpoint = emptyToNull(endpoint);
                accessKey = emptyToNull(accessKey);
                secretKey = emptyToNull(secretKey);
            }

            /** Bucket and region only: keys stay out of logs. */
            @Override
            public String toString() {
                return "S3[" + bucket + " " + region + "]";
            }
        }
    }

    /**
     * Keys, each {@code id:base64}, comma-separated.
     *
     * @param links keys of the links that are mailed, each id:base64 of 32 bytes, comma-separated; the first signs, all verify.
     *     Generated in the data directory when not set
     * @param payloads keys of what Temporal and the attachment store keep, each id:base64 of 32 bytes, comma-separated; the
     *     first encrypts, all decrypt. Generated in the data directory when not set
     * @param receipts private EC keys (P-256) that sign receipts, each id:base64 of PKCS#8, comma-separated; the first signs,
     *     the public halves of all are published. Generated in the data directory when not set; with a Temporal of one's own
     *     there are no receipts then
     */
    public record Keys(
            @Nullable String links,
            @Nullable String payloads,
            @Nullable String receipts) {
        public Keys {
            links = emptyToNull(links);
            payloads = emptyToNull(payloads);
            receipts = emptyToNull(receipts);
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
     * The codec endpoints.
     *
     * @param origins origins whose pages may call the codec, exact and comma-separated; the embedded UI's when not set
     */
    public record Codec(@DefaultValue List<String> origins) {}

    /**
     * What may be dialled for a caller.
     *
     * @param allow hosts, addresses or CIDR ranges, comma-separated, that are not public and may be dialled for a caller
     *     nevertheless; with a port (10.0.0.0/8:25) on that one only
     * @param proxy the forward proxy that HTTP leaves by, e.g. http://proxy.example.com:3128; mail never does
     */
    public record Network(
            @DefaultValue List<String> allow, @Nullable String proxy) {

        /** The proxy that HTTP leaves by; null for none. */
        public @Nullable ForwardProxy forwardProxy() {
            return proxy == null || proxy.isBlank() ? null : ForwardProxy.parse(proxy);
        }
    }

    /**
     * Where Flow is.
     *
     * @param hosts hosts of Flow, comma-separated: callbacks and pages to go back to are on these and nowhere else; *.example.com is
     *     every host below example.com; any public host when not set
     * @param recording file that Flow's requests are written to, without anything personal or secret, so that it can be shown;
     *     nothing is recorded when not set
     */
    public record Flow(
            @DefaultValue List<String> hosts, @Nullable Path recording) {
        public Flow {
            recording = recording == null || recording.toString().isBlank() ? null : recording;
        }
    }

    /**
     * How much callers may ask for.
     *
     * @param requestsPerTenant action requests that one tenant may make in a minute
     * @param requestsPerSource calls that one address may make in a minute; all that come through one proxy are one
     * @param recipients how many recipients one request may name; 1 to 100
     */
    public record Limits(
            @DefaultValue("6000") int requestsPerTenant,
            @DefaultValue("12000") int requestsPerSource,
            @DefaultValue("100") int recipients) {}

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
     * The embedded Temporal server, and which version of Flowmail this is to Temporal.
     *
     * @param cli the Temporal CLI that the embedded server runs, 1.9.1 or newer; found on PATH when not set
     * @param port port of the embedded Temporal, on 127.0.0.1
     * @param uiPort port of the embedded Temporal's web UI, on 127.0.0.1
     * @param deploymentName name of the worker deployment, which switches worker versioning on: Temporal then hands tasks to
     *     the version that somebody has made the current one
     * @param workerBuildId which version of the worker deployment this is
     */
    public record Temporal(
            @Nullable Path cli,
            @DefaultValue("7233") int port,
            @DefaultValue("8233") int uiPort,
            @Nullable String deploymentName,
            @Nullable String workerBuildId) {

        public Temporal {
            deploymentName = emptyToNull(deploymentName);
            workerBuildId = emptyToNull(workerBuildId);
        }

        /** What Temporal tells this program's tasks from other versions' by; empty without worker versioning. */
        public Optional<WorkerDeploymentVersion> version() {
            return deploymentName == null || workerBuildId == null
                    ? Optional.empty()
                    : Optional.of(new WorkerDeploymentVersion(deploymentName, workerBuildId));
        }
    }

    private static @Nullable String emptyToNull(@Nullable String setting) {
        return setting == null || setting.isBlank() ? null : setting;
    }
}
