package dev.flowmail.activities.attachments;

import dev.flowmail.activities.network.ForwardProxy;
import dev.flowmail.activities.network.GuardedDns;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.activities.network.NetworkGuard.AddressRefusedException;
import dev.flowmail.workflows.mail.S3Bucket;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/**
 * Fetches files from S3 buckets that callers name, with the caller's keys and no others: neither the server's environment
 * nor its cloud role is asked. Every connection is guarded. Safe for several threads.
 */
public final class Buckets implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final NetworkGuard guard;
    private final @Nullable ForwardProxy proxy;
    private final SdkHttpClient direct;
    private final SdkHttpClient proxied;

    public Buckets(NetworkGuard guard) {
        this(guard, null);
    }

    /** The same by way of a proxy, where there is one. */
    public Buckets(NetworkGuard guard, @Nullable ForwardProxy proxy) {
        this.guard = guard;
        this.proxy = proxy;
        direct = client(new GuardedDns(guard), null);
        proxied = proxy == null ? direct : client(SystemDefaultDnsResolver.INSTANCE, proxy);
    }

    private static SdkHttpClient client(DnsResolver dns, @Nullable ForwardProxy proxy) {
        return Apache5HttpClient.builder()
                .dnsResolver(dns)
                // any other proxy would do the dialling unguarded
                .proxyConfiguration(ProxyConfiguration.builder()
                        .endpoint(proxy == null ? null : proxy.address())
                        .useSystemPropertyValues(false)
                        .useEnvironmentVariableValues(false)
                        .build())
                .connectionTimeout(CONNECT)
                .socketTimeout(SILENCE)
                .maxConnections(100)
                .build();
    }

    private boolean isProxied(URI endpoint) throws IOException {
        return proxy != null && proxy.leadsTo(endpoint, guard);
    }

    /** The bucket's own host, too, is asked for before the proxy is. */
    private final class Guarding implements ExecutionInterceptor {
        @Override
        public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
            try {
                var ignored = guard.resolveAll(
                        context.httpRequest().host(), context.httpRequest().port());
            } catch (IOException refused) {
                throw SdkClientException.create("The host may not be dialled", refused);
            }
        }
    }

    /**
     * The object with a key. A store that wants the bucket's name in the host's name instead of the path, or the other way
     * round, is asked again in its way. What S3 refuses (no such object or bucket, keys, rights, region) is final; 5xx and a server
     * that cannot be reached are not.
     *
     * @param patience for all of it
     */
    public RemoteFile file(S3Bucket bucket, String key, Duration patience) {
        return receiver -> {
            long end = System.nanoTime() + patience.toNanos();
            boolean isInPath = bucket.endpoint() != null;
            try {
                get(bucket, key, isInPath, end, receiver);
            } catch (AwsServiceException answered) {
                S3Error error = S3Error.of(answered);
                if (!error.wantsOtherStyle()) {
                    throw failure(error);
                }
                getInOtherStyle(bucket, key, !isInPath, end, receiver);
            }
        };
    }

    private void getInOtherStyle(S3Bucket bucket, String key, boolean isInPath, long end, RemoteFile.Receiver receiver)
            throws IOException {
        try {
            get(bucket, key, isInPath, end, receiver);
        } catch (AwsServiceException answered) {
            throw failure(S3Error.of(answered));
        }
    }

    /** @param isInPath whether the bucket's name stands in the path instead of the host's name */
    private void get(S3Bucket bucket, String key, boolean isInPath, long end, RemoteFile.Receiver receiver)
            throws IOException {
        Duration patience = Duration.ofNanos(Math.max(1_000_000, end - System.nanoTime()));
        boolean isProxied = isProxied(endpoint(bucket));
        try (S3Client s3 = client(bucket, isInPath, isProxied, patience);
                S3Stream object = S3Stream.open(s3, bucket.bucket(), key)) {
            GetObjectResponse head = object.head();
            boolean isPacked = Packing.isOf(head.contentEncoding(), head.contentType(), key);
            InputStream bytes = new Punctual(object, end);
            receiver.receive(
                    new RemoteFile.Head(
                            "S3", head.contentType(), head.contentDisposition(), isPacked ? -1 : object.size()),
                    isPacked ? Packing.unpacked(bytes) : bytes);
        } catch (AwsServiceException answered) {
            S3Error error = S3Error.of(answered);
            if (isProxied && error.hasNoMessage()) {
                throw FetchFailedException.forNow(
                        "the proxy in FLOWMAIL_NETWORK_PROXY, or S3 behind it, answered " + error.status());
            }
            throw answered;
        } catch (FetchFailedException | StoreUnavailableException | FileTooLargeException e) {
            throw e;
        } catch (SdkException | IOException lost) {
            throw failure(lost);
        }
    }

    /** Named in any case: a setting of the server's environment must not lead a caller's keys elsewhere. */
    private static URI endpoint(S3Bucket bucket) {
        return URI.create(
                bucket.endpoint() == null
                        ? "https://" + S3Client.serviceMetadata().endpointFor(Region.of(bucket.region()))
                        : bucket.endpoint());
    }

    private S3Client client(S3Bucket bucket, boolean isInPath, boolean isProxied, Duration patience) {
        // what is dialled directly is guarded as it is dialled
        List<ExecutionInterceptor> guarding = isProxied ? List.of(new Guarding()) : List.of();
        return S3Client.builder()
                .httpClient(isProxied ? proxied : direct)
                .region(Region.of(bucket.region()))
                .endpointOverride(endpoint(bucket))
                .forcePathStyle(isInPath)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(bucket.accessKey(), bucket.secretKey())))
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .overrideConfiguration(options -> options
                        // Temporal tries again
                        .retryStrategy(AwsRetryStrategy.doNotRetry())
                        .apiCallTimeout(patience)
                        .executionInterceptors(guarding)
                        .defaultProfileFile(ProfileFile.aggregator().build()))
                .build();
    }

    private static FetchFailedException failure(S3Error error) {
        if (error.isTransient()) {
            return FetchFailedException.forNow(error.inWords());
        }
        if (error.isWrongRegion()) {
            return FetchFailedException.forGood("the bucket is in another region"
                    + error.region().map(region -> ", " + region).orElse("") + "; check Attachments: S3 Region");
        }
        String remedy = switch (error.code()) {
            case "NoSuchKey" ->
                "the bucket has no object under the key that the file's Embed Uri, Download Uri or Id names";
            case "NoSuchBucket" -> "there is no such bucket; check Attachments: S3 Bucket";
            case "InvalidAccessKeyId", "SignatureDoesNotMatch" ->
                "the keys are not accepted; check Attachments: S3 Access Key and Attachments: S3 Secret Key";
            case "InvalidObjectState" -> "the object is archived; restore it first";
            default ->
                error.status() == 403
                        ? "the access key may not read the object, or there is none with this Id; check the Id"
                                + " and the bucket's policy (s3:GetObject)"
                        : "check the file's Id, Attachments: S3 Bucket and Attachments: S3 Endpoint";
        };
        return FetchFailedException.forGood(remedy + " (" + error.inWords() + ")");
    }

    private static IOException failure(Exception lost) {
        for (Throwable cause = lost; cause != null; cause = cause.getCause()) {
            if (cause instanceof AddressRefusedException refused) {
                return refused;
            }
            if (cause instanceof ApiCallTimeoutException || cause instanceof SocketTimeoutException) {
                return FetchFailedException.forNow("S3 did not answer in time");
            }
            // a guard's refusal comes wrapped in one
            if (cause instanceof UnknownHostException && cause.getCause() == null) {
                return FetchFailedException.forNow(
                        "S3's host is not known to the DNS; check Attachments: S3 Region and Attachments: S3 Endpoint");
            }
        }
        return FetchFailedException.forNow(
                "S3 cannot be reached, or broke off (" + lost.getClass().getSimpleName() + ")");
    }

    @Override
    public void close() {
        direct.close();
        proxied.close();
    }

    /** Fails a transfer that is too slow as a whole. */
    private static final class Punctual extends FilterInputStream {
        private final long end;

        Punctual(InputStream bytes, long end) {
            super(bytes);
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            requireTime();
            return super.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            requireTime();
            return super.read(target, offset, length);
        }

        private void requireTime() throws FetchFailedException {
            if (System.nanoTime() - end >= 0) {
                throw FetchFailedException.forNow("S3 did not send all of it in time");
            }
        }
    }
}
