package dev.flowmail.activities.attachments;

import dev.flowmail.activities.network.ForwardProxy;
import dev.flowmail.activities.network.GuardedDns;
import dev.flowmail.activities.network.NetworkGuard;
import dev.flowmail.workflows.mail.S3Bucket;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.http.apache5.ProxyConfiguration;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** Clients of callers' buckets, dialling through the guard or, where there is one, by way of the operator's proxy. */
final class BucketClients implements AutoCloseable {

    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final NetworkGuard guard;
    private final @Nullable ForwardProxy proxy;
    private final SdkHttpClient direct;
    private final SdkHttpClient proxied;

    BucketClients(NetworkGuard guard, @Nullable ForwardProxy proxy) {
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

    /** Whether the way to a bucket leads by the proxy. */
    boolean isProxied(S3Bucket bucket) throws IOException {
        return proxy != null && proxy.leadsTo(endpoint(bucket), guard);
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

    /** Named in any case: a setting of the server's environment must not lead a caller's keys elsewhere. */
    private static URI endpoint(S3Bucket bucket) {
        return URI.create(
                bucket.endpoint() == null
                        ? "https://" + S3Client.serviceMetadata().endpointFor(Region.of(bucket.region()))
                        : bucket.endpoint());
    }

    /** @param isInPath whether the bucket's name stands in the path instead of the host's name */
    S3Client client(S3Bucket bucket, boolean isInPath, boolean isProxied, Duration patience) {
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

    @Override
    public void close() {
        direct.close();
        proxied.close();
    }
}
